import { implement } from '@orpc/server';
import { contract } from './contract.ts';
import type { Workbench } from './Workbench.ts';

/** Handlers are made with this: each gets the open workbench as its context. */
export const implementer = implement(contract).$context<Workbench>();
