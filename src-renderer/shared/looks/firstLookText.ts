/** What goes on before the first picture of a net; nothing of it can be measured from here. */
export const firstLookText =
  'TensorFlow loads, if it is not there from an earlier look, then the weights, and the image runs through the net: the first time takes up to a minute';
