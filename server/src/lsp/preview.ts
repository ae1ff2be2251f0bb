/** Answers previews: what `features/preview.ts` makes, with places that open. */

import type { Connection } from 'vscode-languageserver';
import type { Folders } from './folders.ts';
import { preview, previewAt, previewDetails, type Preview, type PreviewDetails } from './features/preview.ts';
import { requestOf, tryForm, type TryForm } from './features/try-operation.ts';
import type { Authoring } from './authoring.ts';
import * as protocol from './protocol.ts';
import { wholeDocument } from './whole-document.ts';

/** A form, and what it may be sent to. */
export interface OfferedForm extends TryForm {
  readonly environments: readonly protocol.TryEnvironment[];
}

export function answerPreview(connection: Connection, folders: Folders, authoring: Authoring): void {
  const at = (uri: string) => {
    const found = folders.find(uri);
    if (!found) return undefined;
    const { index, places, settings } = found.folder;
    return index && places ? { index, places, settings, file: found.file } : undefined;
  };

  connection.onRequest(
    protocol.preview,
    ({ uri }: protocol.PreviewParams): Preview<protocol.WireLocation> | null => {
      const here = at(uri);
      const made = here && preview(here.index, here.file);
      if (!made) return null;
      return {
        ...made,
        groups: made.groups.map((group) => ({
          ...group,
          operations: group.operations.map((one) => ({ ...one, at: here.places.location(one.at) })),
        })),
      };
    },
  );

  connection.onRequest(
    protocol.wholeDocument,
    ({ uri }: protocol.PreviewParams): protocol.WholeDocument | null => {
      const found = folders.find(uri);
      const current = found && authoring.specs(found.folder);
      const spec = found?.folder.index?.ready.snapshot.specs.find(({ files }) => files.includes(found.file));
      return current && spec ? wholeDocument(current.sources, spec.file, spec.files.length > 1) : null;
    },
  );

  connection.onRequest(
    protocol.previewDetails,
    ({ uri, id }: protocol.PreviewDetailsParams): PreviewDetails<protocol.WireLocation> | null => {
      const here = at(uri);
      const made = here && previewDetails(here.index, id);
      if (!made) return null;
      const { handler, ...rest } = made;
      return { ...rest, ...(handler && { handler: { ...handler, at: here.places.location(handler.at) } }) };
    },
  );

  connection.onRequest(protocol.tryForm, ({ uri, id }: protocol.PreviewDetailsParams): OfferedForm | null => {
    const here = at(uri);
    const form = here && tryForm(here.index, id);
    if (!form) return null;
    const environments = here.settings['tryIt.environments'].map(
      ({ name, server, variables = {} }): protocol.TryEnvironment => ({
        name,
        variables,
        ...(server !== undefined && { server }),
      }),
    );
    return { ...form, environments };
  });

  connection.onRequest(
    protocol.tryRequest,
    ({ uri, id, filled }: protocol.TryParams): protocol.TryAnswer | null => {
      const here = at(uri);
      const form = here && tryForm(here.index, id);
      if (!form) return null;
      const request = requestOf(form, filled);
      return 'refused' in request ? request : { request };
    },
  );

  connection.onRequest(
    protocol.previewAt,
    ({ uri, position }: protocol.PreviewAtParams): protocol.PreviewAt | null => {
      const here = at(uri);
      const id = here && previewAt(here.index, here.file, here.places.offset(here.file, position));
      return id === undefined ? null : { id };
    },
  );
}
