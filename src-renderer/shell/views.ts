import type { Component } from 'svelte';
import BadgeCheck from '@lucide/svelte/icons/badge-check';
import CirclePlus from '@lucide/svelte/icons/circle-plus';
import Grid3x3 from '@lucide/svelte/icons/grid-3x3';
import Layers from '@lucide/svelte/icons/layers';
import List from '@lucide/svelte/icons/list';
import Scale from '@lucide/svelte/icons/scale';
import Settings from '@lucide/svelte/icons/settings';
import Table from '@lucide/svelte/icons/table';

export interface View {
  /** First part of its address. */
  name: string;
  title: string;
  icon: Component<{ size?: number | string }>;
  /** Second letter of its keys; the first is G, for go. */
  key: string;
  load: () => Promise<{ default: Component }>;
}

/** The window's views, in the order of the side bar. Each is loaded when it is first shown. */
export const views: readonly View[] = [
  { name: 'runs', title: 'Runs', icon: List, key: 'R', load: () => import('../views/runs/RunsView.svelte') },
  {
    name: 'new',
    title: 'New run or study',
    icon: CirclePlus,
    key: 'N',
    load: () => import('../views/new/NewView.svelte'),
  },
  {
    name: 'compare',
    title: 'Compare',
    icon: Scale,
    key: 'C',
    load: () => import('../views/compare/CompareView.svelte'),
  },
  {
    name: 'maps',
    title: 'Feature maps',
    icon: Grid3x3,
    key: 'F',
    load: () => import('../views/maps/MapsView.svelte'),
  },
  {
    name: 'tables',
    title: 'Tables',
    icon: Table,
    key: 'T',
    load: () => import('../views/tables/TablesView.svelte'),
  },
  {
    name: 'claims',
    title: 'Claims',
    icon: BadgeCheck,
    key: 'L',
    load: () => import('../views/claims/ClaimsView.svelte'),
  },
  {
    name: 'networks',
    title: 'Networks',
    icon: Layers,
    key: 'W',
    load: () => import('../views/networks/NetworksView.svelte'),
  },
  {
    name: 'settings',
    title: 'Settings',
    icon: Settings,
    key: 'S',
    load: () => import('../views/settings/SettingsView.svelte'),
  },
];

/** Views that have no place in the side bar. */
export const hiddenViews: Readonly<Record<string, View['load']>> = {
  run: () => import('../views/runPage/RunView.svelte'),
  welcome: () => import('../views/welcome/WelcomeView.svelte'),
};
