import { implement } from '@orpc/server';
import { contract } from './contract.ts';
import type { Workbench } from './Workbench.ts';

/** Makes the handlers; each gets the open workbench as its context. */
export const implementer = implement(contract).$context<Workbench>();
