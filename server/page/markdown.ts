/** CommonMark of specifications as elements: no HTML of theirs, no images, and links to the web alone. */

import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt('default', { html: false, linkify: true }).disable('image');
markdown.validateLink = (link) => /^(?:https?|mailto):/i.test(link);

export function prose(text: string): HTMLElement {
  const made = document.createElement('div');
  made.className = 'prose';
  // What it renders is escaped; there is no HTML in it that it did not write itself.
  made.innerHTML = markdown.render(text);
  return made;
}
