import type { Membership } from './membership.js';

/** A membership with the names that people read. */
export interface MembershipView extends Membership {
  readonly organisationName: string;
  readonly userName: string;
  readonly userEmail: string;
}
