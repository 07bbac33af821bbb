/** What leads work through: images whose work was not settled, images by their risk, and lots. */
import type { AcceptancePlan, Aql, InspectionLevel, PlanRisks } from './acceptance.ts';
import type { Risk } from './risk.ts';

export interface SettleItem {
  readonly imageId: string;
  readonly name: string;
  /** Pairs that are not settled. */
  readonly pairs: number;
  /** Mean agreement of the image, 0 to 1. */
  readonly score: number;
}
export interface RiskItem extends Risk {
  readonly imageId: string;
  readonly name: string;
  /** Whose work it is: who worked on it last before it was submitted. */
  readonly personId: string;
}
export interface AcceptanceLot {
  readonly id: string;
  readonly madeAt: number;
  readonly level: InspectionLevel;
  readonly aql: Aql;
  /** Whose work it is; null for everybody's. */
  readonly personId: string | null;
  readonly size: number;
  readonly plan: AcceptancePlan;
  readonly risks: PlanRisks;
  /** Of the sample: accepted or returned since, and returned. */
  readonly looked: number;
  readonly wrong: number;
  readonly verdict: 'open' | 'accepted' | 'rejected';
}
