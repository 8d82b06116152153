/** Number of classes of ILSVRC, and of outputs of a net whose dataset is not known. */
export const ilsvrcClasses = 1000;
