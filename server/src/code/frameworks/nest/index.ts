/** NestJS: what its packages mean to the evaluation. */

import type { FrameworkModel, Run } from '../../evaluate/run.ts';
import {
  arrayOf,
  dynamic,
  model,
  native,
  number,
  objectOf,
  undefinedValue,
  type ExternalValue,
  type Site,
  type Value,
} from '../../evaluate/values.ts';
import { singleton } from '../../evaluate/classes.ts';
import type { ExpressWorld } from '../express/router.ts';
import { statusesOf } from '../http/errors.ts';
import { createApp } from './app.ts';
import { packageOf } from '../classes/decorators.ts';
import { busOf } from './buses.ts';
import { configService, configurationOf, isConfigService } from './configuration.ts';
import { isCrudDefaults } from './crud.ts';
import { exceptionResponse } from './exceptions.ts';
import { answerByDefault, exceptionConstant, isKindOf } from './filters.ts';
import { injectInto, provided } from './providers.ts';
import { reflectorModel } from './reflector.ts';
import type { NestWorld } from './world.ts';

const moduleMethod = /^(?:register|forRoot|forFeature)(?:Async)?$/;

export function nestModel(world: NestWorld, express: ExpressWorld): FrameworkModel {
  return {
    external(run, value, how, args, site, self) {
      if (isCrudDefaults(value.module, value.path)) world.crudDefaults.push(args[0] ?? undefinedValue);
      if (!value.module.startsWith('@nestjs/')) return undefined;
      return (
        called(run, world, value, how, args, site, self) ??
        (packageOf(value.module) === '@nestjs/core'
          ? core(run, world, express, value, args, site)
          : common(value, args, site))
      );
    },
    constant: (value) =>
      packageOf(value.module) === '@nestjs/common' ? exceptionConstant(value) : undefined,
    typed(run, module, path, at) {
      if (isConfigService(module, path)) return configService(run, world);
      const bus = busOf(run, world, module, path);
      if (bus) return bus;
      if (packageOf(module) !== '@nestjs/core') return undefined;
      if (path[0] === 'Reflector') return reflectorModel();
      return path[0] === 'ModuleRef' || path[0] === 'ContextIdFactory'
        ? moduleRef(run, world, at)
        : undefined;
    },
    inject: (run, cls, place) => injectInto(run, world, cls, place),
    isInstance: (value, parent) =>
      parent.module.startsWith('@nestjs/') || parent.module === 'global:Error'
        ? isKindOf(value, parent)
        : undefined,
  };
}

/** Calls of what a call gave: decorators that user-made decorators apply, exceptions that are asked for their status. */
function called(
  run: Run,
  world: NestWorld,
  value: ExternalValue,
  how: 'call' | 'new',
  args: readonly Value[],
  site: Site,
  self: Value | undefined,
): Value | undefined {
  const name = value.path.at(-1);
  if (name === 'getStatus' && self) {
    const [status] = statusesOf(run, self, site.at);
    return status === undefined ? dynamic('status', site.at) : number(status);
  }
  if (name === 'getResponse' && self) {
    const response = exceptionResponse(self, site.at);
    if (response) return response;
  }
  if (name === 'catch' && value.path.at(-2) === 'BaseExceptionFilter' && !value.on) {
    answerByDefault(run, args, site);
    return undefinedValue;
  }
  // A module class that extends a generated one (`ConfigurableModuleClass`): what it registers is itself.
  if (self?.t === 'class' && moduleMethod.test(name ?? '')) return objectOf([['module', self]], site.at);
  if (!value.args || how === 'new') return undefined;
  const configuration = configurationOf(run, value, site);
  if (configuration) return configuration;
  if (name === 'createParamDecorator')
    return { t: 'external', module: value.module, path: ['custom parameter'], args, on: value, at: site.at };
  if (value.path.join('.') === 'Reflector.createDecorator') {
    return {
      t: 'external',
      module: '@nestjs/common',
      path: ['SetMetadata'],
      args: [value, ...args],
      at: site.at,
    };
  }
  world.applied.at(-1)?.push(value);
  return undefinedValue;
}

function core(
  run: Run,
  world: NestWorld,
  express: ExpressWorld,
  value: ExternalValue,
  args: readonly Value[],
  site: Site,
): Value | undefined {
  switch (value.path.join('.')) {
    case 'NestFactory.create':
      return createApp(run, world, express, args, site);
    case 'Reflector':
      return reflectorModel();
    default:
      return kept(value, args, site);
  }
}

function common(value: ExternalValue, args: readonly Value[], site: Site): Value | undefined {
  switch (value.path.join('.')) {
    case 'applyDecorators':
      return arrayOf(args, site.at);
    case 'mixin':
      return args[0] ?? undefinedValue;
    default:
      return kept(value, args, site);
  }
}

/** Calls of Nest's packages keep their arguments; the functions among them run when somebody asks for their result. */
function kept(value: ExternalValue, args: readonly Value[], site: Site): ExternalValue {
  return {
    t: 'external',
    module: value.module,
    path: value.path,
    args,
    at: site.at,
    ...(value.on && { on: value.on }),
  };
}

function moduleRef(run: Run, world: NestWorld, at: Site['at']): Value {
  return model({
    kind: 'nest-module-ref',
    get: (name) =>
      native(name, ([token], site) => {
        if (!token) return dynamic('provider', at);
        return (
          provided(run, world, token) ??
          (token.t === 'class' ? singleton(run, token, site) : dynamic('provider', site.at))
        );
      }),
  });
}
