/** The message that carries the page's end of a channel to the preload, and from there to the desktop program. */
export const portMessage = 'vgg-workbench:port';
