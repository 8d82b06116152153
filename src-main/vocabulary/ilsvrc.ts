/** Classes of ILSVRC: the outputs of a net whose dataset is not known. */
export const ilsvrcClasses = 1000;
