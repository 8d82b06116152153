import { shownValue } from '../../../src-main/vocabulary/shownValue.ts';
import { settingText } from '../../shared/settings/settingText.ts';
import type { RunComparison } from '../../../src-main/workbench/contract.ts';

/** A key of the configuration, with a value for each run in order. */
export interface SettingRow {
  key: string;
  values: string[];
  differs: boolean;
}

/** The keys in which the runs differ, then, if `all`, those in which they do not. */
export function settingRows({ runs, differences, common }: RunComparison, all: boolean): SettingRow[] {
  const differing = differences.map(({ key, values }) => ({
    key,
    values: values.map((value) => settingText(shownValue(key, value))),
    differs: true,
  }));
  if (!all) return differing;
  const same = common.map(({ key, value }) => ({
    key,
    values: runs.map(() => settingText(shownValue(key, value))),
    differs: false,
  }));
  return [...differing, ...same];
}
