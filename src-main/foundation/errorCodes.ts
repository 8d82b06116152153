/**
 * Every code that an error of the workbench can have, and what it means. The meaning of a code never changes: scripts
 * and stored runs rely on it. What to do next is written where the error is thrown, where the case at hand is known.
 *
 * `docs/errors.md` is written from this list by `npm run docs:errors`.
 */
export const errorMeanings = {
  // Requests
  usage: 'The words after the command, or the options of a program, are not what it takes.',
  'invalid-input': 'A call of the API was given something that its contract does not allow.',
  'not-confirmed': 'What cannot be undone needs a confirmation.',
  'no-dialogs': 'Native dialogs were asked for where there are none.',
  'port-taken': 'Another program listens on the port.',
  'status-unknown': 'There is no such status of a run.',

  // Settings
  'config-not-found': 'The configuration file does not exist or cannot be read.',
  'invalid-yaml': 'A configuration or preset is not valid YAML.',
  'invalid-override': 'A setting is not written as a key and a value.',
  'invalid-value': 'A key of the configuration cannot have the value, by itself or beside the others.',
  'normalised-in-shares': 'A net with batch normalisation cannot be trained by several processes in step.',
  'unknown-key': 'The configuration has no such key.',
  'preset-name': 'A preset of your own cannot have this name.',
  'preset-unknown': 'There is no such preset.',
  'preset-unreadable': 'A file is no preset that can be read.',

  // Images
  'dataset-not-found': 'The dataset is neither a folder nor the name of one.',
  'dataset-needed': 'The preset brings no images, and none were given.',
  'dataset-layout': 'The folder does not hold images the way the workbench reads them.',
  'class-too-small':
    'A class has too few images to be divided into those that train and those that validate.',
  'dataset-broken': 'A file of a dataset that ships is damaged.',
  'dataset-not-fetched': 'The dataset can be fetched by its name, and was not yet.',
  'fetch-failed': 'The archive of a dataset could not be fetched.',
  'dataset-archive-broken': 'The archive of a dataset does not hold what it should.',
  'dataset-changed': 'The images are no longer those that the run was trained on so far.',
  'split-missing': 'The dataset lacks the training or the validation images that are needed.',
  'validation-labels-missing': 'The files with the classes of the validation images are not there.',
  'validation-labels-broken': 'The files with the classes of the validation images do not fit together.',
  'broken-image': 'An image cannot be read while a run needs it.',
  'broken-images': 'Images of the dataset cannot be read.',
  'scale-below-crop': 'Images are rescaled to less than the crop that is taken from them.',
  'classes-do-not-fit': 'The net and the dataset have different numbers of classes.',
  'classes-differ': 'The dataset has classes that the net, or the list of classes, does not name.',
  'class-list-unreadable': 'The list of classes cannot be read, or is none.',
  'no-variance':
    'A layer gives the same value everywhere, so that its output cannot be scaled to unit variance.',
  'image-worker-failed': 'A thread that prepares images has died.',
  'images-closed': 'The preparation of images ended while more were asked for.',

  // Weights and checkpoints
  'weights-not-found': 'There is no weights file of that name.',
  'weights-unknown': 'The file is of no format of weights that is known here.',
  'weights-damaged': 'The weights file is incomplete or damaged.',
  'weights-corrupt':
    'A file of weights or a checkpoint is not as it was written: its checksums show that a disk or a copy changed it.',
  'weights-not-finite': 'A weight or a velocity is no finite number.',
  'weights-refused': 'The weights file asks for code to be run, which is never done.',
  'weights-do-not-fit': 'The weights are of another net than the configuration describes.',
  'weights-of-no-net': 'The tensors of the file are those of no net that is known here.',
  'initial-weights-missing': 'What a run is to start from is neither a file nor a run with a checkpoint.',
  'mean-unknown': 'Nothing says what was subtracted from each pixel when the weights were trained.',
  'trained-scale-unknown': 'Nothing says with what S the weights were trained.',
  'checkpoint-missing': 'The run does not have the checkpoint.',
  'checkpoint-damaged': 'A checkpoint cannot be read, or is not what a resumed run needs.',

  // The engine
  'engine-missing': 'TensorFlow is not set up on this machine.',
  'engine-unusable': 'TensorFlow is there, but does not load.',
  'out-of-memory': 'A tensor does not fit into the memory that there is.',
  'platform-not-supported': 'No build of TensorFlow is known for this system and processor.',
  'pip-missing': 'There is no pip, which fetches TensorFlow.',
  'python-missing': 'There is no Python, whose pip fetches TensorFlow.',
  'download-failed': 'TensorFlow could not be fetched.',
  'checksum-mismatch': 'What was fetched is not the file that was expected.',
  'library-incomplete': 'The folder named for TensorFlow lacks a library or its headers.',
  'library-unusable': 'The TensorFlow library does not run on this machine.',
  'compiler-missing': 'There is no C++ compiler, which the addon for TensorFlow needs.',
  'compile-failed': 'The addon for TensorFlow could not be compiled.',
  'cache-not-writable': 'The folder for TensorFlow and the addon cannot be written.',
  'setup-interrupted': 'The set-up was stopped.',
  'engine-not-provided':
    'TensorFlow or its addon is still to be set up: the first command that needs it does so.',
  'gpu-unused': 'There is a GPU, and the TensorFlow in use cannot use it.',
  'gpu-not-found': 'The TensorFlow in use needs a GPU, and none is there.',
  'onednn-off': 'TensorFlow is set not to use the fast kernels of oneDNN.',
  'bfloat16-not-supported': 'The kernels in use cannot multiply bfloat16, as training.precision asks.',
  'cpu-too-old': 'The processor lacks instructions that builds of TensorFlow need.',

  // Training
  'training-diverged': 'The loss or a weight is no longer a number.',
  'peer-lost': 'Of several processes that train a net in step, one is gone.',
  'group-incomplete': 'Of several processes that are to train a net in step, some did not come.',
  'peers-differ':
    'Processes that train a net in step do not have the same weights, images or settings, or not the same kernels.',
  'batch-not-shared': 'The training set is too small to be shared by several processes.',
  'trainer-died': 'The process that trains or scores was ended from outside, or crashed.',
  'run-not-found': 'There is no such run.',
  'run-ambiguous': 'Several runs have an id that begins or ends so.',
  'run-busy': 'The run is being trained, here or by another program.',
  'run-locked': 'Another process holds the folder of the run.',
  'run-finished': 'The run is finished, so it cannot be trained further.',
  'epochs-not-possible': 'The run cannot be trained for that number of epochs.',
  'run-not-active': 'The run or study is not under way in this program.',
  'not-waiting': 'The run or study does not wait in the queue.',
  'not-under-way': 'The run or study is in the queue, if at all, but not under way.',
  'queue-elsewhere': 'Another program works through the queue of the data folder.',

  // Clusters
  'clusters-unreadable': 'The file of clusters is no YAML, or has a key or a value that it cannot have.',
  'cluster-unknown': 'There is no such cluster in the file of clusters.',
  'submission-unreadable': 'The file of what is on a cluster is damaged, or of another version.',
  'check-interrupted': 'The check of a cluster was stopped.',
  'scheduler-missing': "The scheduler's programs are not on this machine.",
  'scheduler-silent': 'The scheduler does not answer.',
  'scheduler-refused': 'The scheduler does not take what it is given.',
  'on-cluster': 'The run or study is on a cluster, so it can be neither trained nor deleted here.',
  'not-on-cluster': 'The run or study was not submitted to a cluster.',
  'attempt-superseded': 'A newer attempt at the run has begun elsewhere, so this one wrote nothing more.',
  'nodes-uneven':
    'The processes of a run cannot be spread evenly over the nodes that a cluster gives to a job.',
  'no-progress': 'Attempts at a run ended one after the other before they had written a checkpoint.',
  'source-changed': 'The run from which another one starts was trained again or deleted since.',
  'job-lost': 'The job of a run ended again and again without a word.',
  'results-unseen': 'A node has finished a run, but what it has written cannot all be seen from here.',

  // Evaluation
  'nothing-to-evaluate': 'Neither a run nor a weights file was named.',
  'two-to-evaluate': 'Both a run and a weights file were named.',
  'override-not-for-runs':
    'A run is scored with the net it was trained with; only how it is scored may be changed.',
  'posteriors-not-finite': 'Posteriors are no numbers, so that no error rate follows from them.',
  'several-posteriors': 'One file was given for the posteriors of several protocols.',
  'evaluation-interrupted': 'The evaluation was stopped.',
  'fusion-of-one': 'A fusion needs two runs or more.',
  'fusion-mismatch':
    'The runs were not scored on the same images and classes, so their posteriors cannot be averaged.',
  'fusion-images-changed': 'The images are no longer those on which the runs of the fusion were scored.',
  'mixed-evaluations': 'The results of one row were measured on different images.',

  // Studies and tables
  'study-not-found': 'There is no such study.',
  'study-ambiguous': 'Several studies have an id that begins or ends so.',
  'study-busy': 'The study is under way, here or in another program.',
  'study-exists': 'Another study has the id of one that is imported.',
  'study-unreadable':
    'The study was written by a version of the workbench whose settings this one cannot read.',
  'study-run-unknown': 'The study has no such run.',
  'study-without-tables': 'The study compares settings; it has no tables of the paper.',
  'study-compares-nothing': 'The study fills tables of the paper; it compares nothing.',
  'beyond-memory':
    'A training needs more memory than the machine has, by the estimate, and nobody said to start it anyway.',
  'parallel-beyond-memory': 'So many runs of the study at once need more memory than the machine has.',
  'comparison-unknown': 'There is no such comparison.',
  'override-owned-by-study': 'The study itself settles the key for each of its runs.',
  'preset-trains-nothing': 'The preset only scores given weights, and a training was asked for.',
  'weights-needed': 'The preset scores given weights, and none were given.',
  'weights-not-for-preset': 'The preset trains its nets, so it takes no weights.',
  'weights-twice': 'Two of the given weights are of the same row.',
  'weights-without-row': 'No row of the paper is of the net, the S or the crop of the given weights.',
  'scale-not-whole': 'At the crop, scales of the paper are no whole numbers of pixels.',

  // Looking into nets
  'layer-unknown': 'The net has no such layer.',
  'unit-unknown': 'The layer has no such unit.',
  'units-malformed': 'Units were not given as whole numbers and ranges of them.',
  'class-unknown': 'The net has no such class.',
  'occlusion-does-not-fit': 'The patch or its stride does not fit the crop.',
  'image-unknown': 'The image is not, or no longer, there to be looked at.',
  'image-unreadable': 'The image cannot be read.',
  'image-too-large': 'The image is too large to be taken in.',
  'predictions-missing': 'The evaluation has kept no predictions.',
  'predictions-unreadable': 'The kept predictions cannot be read.',
  'posteriors-unreadable': 'The kept posteriors cannot be read.',
  'insight-died': 'The process that looks into nets was ended from outside, or crashed.',
  'insight-unresponsive': 'The process that looks into nets did not respond any more and was ended.',
  'insight-closed': 'The workbench was closed before the question was answered.',

  // Claims
  'claims-unreadable': 'A file is no list of claims that can be read.',
  'claims-other-images': 'Two evaluations are of different images, so that no claim follows from them.',
  'claim-name': 'A claim of your own cannot have this name.',

  // Import, export and the trash
  'nothing-to-export': 'Nothing was named that can be exported.',
  'target-exists': 'There is something already where the export was to go.',
  'target-refused': 'A window asked for a file under a name that is none of its kind.',
  'no-browsing': 'Folders were to be listed where there is no browser.',
  'folder-not-found': 'No folder of that path is on the machine of the workbench.',
  'folder-missing': 'The folder of the run was deleted or moved away.',
  'no-such-layer': 'The format has no layer that computes what a layer of the net does.',
  'onnx-too-large': 'The net is larger than one ONNX file can be.',
  'import-missing': 'There is nothing at the path to import.',
  'archive-foreign': 'The file is no archive of the workbench.',
  'archive-damaged': 'The archive is incomplete or was changed.',
  'archive-unsafe': 'The archive tries to write outside its place, or holds what no export writes.',
  'archive-too-new': 'The archive was written by a newer version of the workbench.',
  'transfer-interrupted': 'The import or export was stopped.',
  'run-exists': 'Another run has the id of one that is imported or restored.',
  'run-folder-incomplete': 'The folder lacks files that every run has.',
  'run-folder-renamed': 'The folder of a run does not have the name of the run.',
  'not-in-trash': 'The run is not in the trash.',

  // Files to and from a browser
  'no-downloads': 'An export was to be fetched where there is no browser.',
  'upload-refused': 'A browser sent a file that is none of its kind.',
  'upload-too-large': 'A browser sent a file that is too large to be taken in.',
  'upload-interrupted': 'The connection ended while a browser sent a file.',

  // The data folder
  'disk-full': 'No space is left on the disk.',
  'disk-failing': 'The disk reports errors while it is read or written.',
  'too-many-files': 'The limit of the system on open files is reached.',
  'name-too-long': 'A path is longer than the system allows.',
  'path-unusable':
    'A file or folder cannot be used as it has to be: no permission, or the one stands where the other should.',
  'write-failed': 'A file or folder cannot be written.',
  'database-corrupt': 'The database is damaged.',
  'database-busy': 'Another process holds the database.',
  'database-unwritable': 'The database cannot be opened for writing.',
  'database-too-new': 'The database was made by a newer version of the workbench.',
  'record-unreadable': 'A record in the database or in the folder of a run cannot be read.',
  'metrics-unreadable': 'The log of metrics of a run cannot be read.',
  'evaluations-unreadable': 'The evaluations of a run cannot be read.',

  // The program itself
  'connection-lost': 'The window has lost its connection to the workbench.',
  internal: 'A defect of the workbench.',
  unrecognised:
    'A stored error of another version of the workbench, with a code that this one does not know.',
} as const satisfies Record<string, string>;

/** A misspelt code does not compile. */
export type ErrorCode = keyof typeof errorMeanings;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorMeanings, code);
}
