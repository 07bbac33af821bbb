/** The tabs of "Review and quality". A part of it is one folder beside this file and one line here; commands, palette and the list at the left follow. */
import { type ComponentType, lazy } from 'react';
import type { Key } from '../../../shared/i18n/catalogue.ts';

export interface QualityTab {
  /** Stable: the route and the command (`quality.<id>`) go by it. */
  readonly id: string;
  readonly title: Key;
  readonly Tab: ComponentType;
}
const tab = (id: string, title: Key, load: () => Promise<ComponentType>): QualityTab => ({
  id,
  title,
  Tab: lazy(async () => ({ default: await load() })),
});

/** What is looked at each day first. */
export const qualityTabs: readonly QualityTab[] = [
  tab('review', 'quality.tab.review', async () => (await import('./queue/QueueTab.tsx')).QueueTab),
  tab('findings', 'quality.tab.findings', async () => (await import('./findings/FindingsTab.tsx')).FindingsTab),
  tab('adjudicate', 'quality.tab.adjudicate', async () => (await import('./adjudicate/AdjudicateTab.tsx')).AdjudicateTab),
  tab('agreement', 'quality.tab.agreement', async () => (await import('./agreement/AgreementTab.tsx')).AgreementTab),
  tab('dashboard', 'quality.tab.dashboard', async () => (await import('./dashboard/DashboardTab.tsx')).DashboardTab),
  tab('people', 'quality.tab.people', async () => (await import('./people/PeopleTab.tsx')).PeopleTab),
  tab('packages', 'quality.tab.packages', async () => (await import('./packages/PackagesTab.tsx')).PackagesTab),
  tab('compare', 'quality.tab.compare', async () => (await import('./compare/CompareTab.tsx')).CompareTab),
  tab('audit', 'quality.tab.audit', async () => (await import('./audit/AuditTab.tsx')).AuditTab),
];
