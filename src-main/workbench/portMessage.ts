/** With this message the desktop app's page hands its end of a channel to the preload, and the preload to the program. */
export const portMessage = 'vgg-workbench:port';
