import type { RunEvent } from '../../../workbench/contract.ts';
import { bar } from './bar.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import { figureText } from '../../../vocabulary/figures.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import type { Progress } from './Progress.ts';
import { responsivenessText } from './responsiveness.ts';

type Metrics = Extract<RunEvent, { type: 'metrics' }>;

/** Shows a run under way: a changing line, and a permanent one for each epoch. */
export class TrainingView {
  readonly #progress: Progress;
  readonly #epochs: number;
  readonly #latest = new Map<string, number>();
  #began = performance.now();
  #totalSteps = 0;
  /** The first that is seen: a training may be under way for long by then. */
  #firstStep: number | undefined;

  constructor(progress: Progress, epochs: number) {
    this.#progress = progress;
    this.#epochs = epochs;
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case 'started': {
        const { dataset, device, parameters, step, totalSteps } = event;
        this.#totalSteps = totalSteps;
        this.#progress.note(
          `${dataset.name}: ${countText(dataset.trainImages)} training and ${countText(dataset.valImages)} validation images of ` +
            `${dataset.classes} classes${skipped(dataset.skippedImages)}; ${countText(parameters)} parameters, on the ${device.toUpperCase()}` +
            (step > 0 ? `; from step ${step} of ${totalSteps}` : ''),
        );
        return;
      }
      case 'metrics':
        for (const [name, value] of Object.entries(event.values)) this.#latest.set(name, value);
        if ('val/top1Error' in event.values) this.#progress.note(this.#epochLine(event));
        else this.#progress.show([this.#stepLine(event)]);
        return;
      case 'progress':
        this.#progress.count(event.activity, event.done, event.total);
        return;
      case 'note':
        this.#progress.note(`Note: ${event.text}`);
        return;
      case 'unresponsive':
      case 'responsive':
        this.#progress.note(responsivenessText(event));
        return;
      case 'checkpoint':
      case 'evaluation':
      case 'ended':
        return;
    }
  }

  #stepLine({ step, epoch }: Metrics): string {
    if (this.#firstStep === undefined) {
      this.#firstStep = step;
      this.#began = performance.now();
    }
    const parts = [
      `epoch ${epoch + 1}/${this.#epochs}`,
      `${bar(step / this.#totalSteps)} step ${step}/${this.#totalSteps}`,
      this.#number('loss', 'train/loss', (value) => value.toFixed(4)),
      this.#number('', 'imagesPerSecond', (value) => `${value.toFixed(1)} images/s`),
    ];
    const done = step - this.#firstStep;
    if (done > 0) {
      const seconds = (performance.now() - this.#began) / 1000;
      parts.push(`${durationText((seconds / done) * (this.#totalSteps - step))} left`);
    }
    return parts.filter((part) => part !== '').join('  ');
  }

  #epochLine({ epoch, values }: Metrics): string {
    const parts = [
      `epoch ${epoch + 1}/${this.#epochs}`,
      this.#number('loss', 'train/loss', (value) => value.toFixed(4)),
      `validation (centre crop) top-1 ${percentText(values['val/top1Error'])}, top-5 ${percentText(values['val/top5Error'])}`,
      this.#number('learning rate', 'learningRate', figureText),
      this.#number('', 'imagesPerSecond', (value) => `${value.toFixed(1)} images/s`),
      this.#number('waited for data', 'waitingShare', (value) => `${(100 * value).toFixed(0)} %`),
    ];
    return parts.filter((part) => part !== '').join('  ');
  }

  #number(label: string, name: string, format: (value: number) => string): string {
    const value = this.#latest.get(name);
    return value === undefined ? '' : `${label} ${format(value)}`.trim();
  }
}

function skipped(images: number): string {
  return images === 0 ? '' : ` (${images} broken images left out)`;
}
