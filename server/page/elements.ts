/** Small builders of elements. Text is always text. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
export type Child = Node | string | undefined;

/** `true` is an attribute without a value; `false` and undefined are none. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A field of a form with its name, and a word about it. */
export function labelled(name: string, input: HTMLElement, about?: string): HTMLElement {
  return element(
    'label',
    {},
    element('span', { class: 'name' }, name),
    input,
    about === undefined ? undefined : element('span', { class: 'quiet' }, about),
  );
}

export function svg(tag: string, attributes: Attributes = {}, ...children: readonly Node[]): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

function setAttributes(to: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) to.setAttribute(name, value === true ? '' : String(value));
}

/**
 * Makes these the children of an element. One that is there already stays where it stands, so that a click on it that is
 * under way is not lost.
 */
export function setChildren(parent: Element, children: readonly Node[]): void {
  let next = parent.firstChild;
  const wanted = new Set(children);
  const skip = (): void => {
    while (next && !wanted.has(next)) {
      const gone = next;
      next = next.nextSibling;
      gone.remove();
    }
  };
  for (const child of children) {
    skip();
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
  skip();
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
