import { expect, it } from 'vitest';
import { withBudget } from '../../../../src-renderer/views/new/study/budgetSettings.ts';

it('an option of the budget replaces the sizes that were written, and nothing else', () => {
  const written = 'network.crop=224\n\n training.batch=16 \nnetwork.width = 1\ntraining.epochs=9';
  expect(withBudget(written, ['network.crop=56', 'network.width=0.25'])).toBe(
    'training.batch=16\ntraining.epochs=9\nnetwork.crop=56\nnetwork.width=0.25',
  );
  expect(withBudget(written, ['network.crop=56', 'network.width=0.25', 'training.epochs=4'])).toBe(
    'training.batch=16\nnetwork.crop=56\nnetwork.width=0.25\ntraining.epochs=4',
  );
  expect(withBudget('', ['network.crop=56'])).toBe('network.crop=56');
});
