/** What a run does before its first step, of which nothing is measured. */
export const startsText =
  'It is starting: TensorFlow loads, then the images are listed and each looked at once, which takes minutes for ILSVRC the first time. Then the first step is measured.';
