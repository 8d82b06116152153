/** The variables by which trainers that tests start compute with one thread. */
export const threadsOfTrainers = ['VGG_THREADS', 'TF_NUM_INTRAOP_THREADS'];
