import type { ActContent, ActSignature } from './act-content.js';
import type { ActText } from './act-text.js';
import type { ActKind } from './act-kind.js';
import { agreementV1 } from './act-template-agreement.js';
import { amendmentV1 } from './act-template-amendment.js';
import { cpoV1 } from './act-template-cpo.js';
import { orderV1 } from './act-template-order.js';
import { refusalV1 } from './act-template-refusal.js';

export type ActTemplate = (content: ActContent, signature: ActSignature | null) => ActText;

/**
 * The versions of each text, the first one first. A version that an act was prepared with never changes: another wording is another version, at
 * the end.
 */
export const ACT_TEMPLATES: Readonly<Record<ActKind, readonly ActTemplate[]>> = {
  order: [orderV1],
  agreement: [agreementV1],
  cpo: [cpoV1],
  amendment: [amendmentV1],
  'refusal-letter': [refusalV1],
};

/** The version that acts of this kind are prepared with from now on. */
export function currentTemplateVersion(kind: ActKind): number {
  return ACT_TEMPLATES[kind].length;
}
