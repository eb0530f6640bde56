/** A commune as the other modules need it: the scopes that see what happens there. */
export interface CommunePlace {
  readonly inseeCode: string;
  readonly slug: string;
  readonly name: string;
  readonly departmentCode: string;
  /** Null: no sector, a delegate of the département answers for it. */
  readonly sectorCode: string | null;
}

export interface Commune extends CommunePlace {
  readonly hasQpv: boolean;
  readonly inEpt: boolean;
  readonly note: string | null;
}

export interface Sector {
  readonly code: string;
  readonly name: string;
  readonly departmentCode: string;
  /** Inhabitants of the sector's QPV; another year than the QPV's own figures. */
  readonly population: number | null;
  readonly populationMeaning: string | null;
  readonly inseeCodes: readonly string[];
}

export interface Orientation {
  readonly code: string;
  readonly label: string;
  readonly axisLabel: string;
  readonly transversal: boolean;
  readonly strategicObjectives: readonly StrategicObjective[];
}

export interface StrategicObjective {
  readonly code: string;
  readonly label: string;
  readonly relatedSchemes: readonly string[];
  readonly operationalObjectives: readonly { readonly code: string; readonly label: string }[];
}

export interface Objective {
  readonly code: string;
  readonly kind: 'strategic' | 'operational';
  readonly label: string;
}

export interface QpvPerimeter {
  readonly label: string;
  readonly source: string;
  readonly validFrom: string;
  /** First day it no longer holds; null while it does. */
  readonly validUntil: string | null;
}

export interface Qpv {
  readonly slug: string;
  readonly officialCode: string | null;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly communes: readonly CommunePlace[];
  readonly population: number | null;
  readonly populationYear: number | null;
  readonly renewalProgramme: boolean | null;
  readonly entering2024: boolean;
  readonly interterritorial: boolean;
  readonly notes: Readonly<Record<string, string>>;
  readonly indicators: Readonly<Record<string, number>>;
  /** The latest first. */
  readonly perimeters: readonly QpvPerimeter[];
}

export interface PovertyPocket {
  readonly id: string;
  readonly name: string;
  readonly places: readonly string[];
  readonly commune: CommunePlace;
}

export interface LocalPriority {
  readonly code: string;
  readonly qpvSlug: string | null;
  readonly inseeCodes: readonly string[];
  readonly theme: string;
  readonly orientationCode: string;
  readonly strategicObjective: string;
  readonly operationalObjectives: readonly string[];
  readonly indicators: readonly string[];
}

/** Filters of the readings. A commune is named by its INSEE code or its slug. */
export interface CommuneFilter {
  readonly department?: string;
  readonly sector?: string;
  readonly hasQpv?: boolean;
}
export interface QpvFilter {
  readonly commune?: string;
  readonly department?: string;
  readonly sector?: string;
  /** Words of its name or of an alias; accents, case and punctuation ignored. */
  readonly q?: string;
}
export interface LocalPriorityFilter {
  readonly commune?: string;
  /** Those of the QPV, and those written for the whole of its communes. */
  readonly qpv?: string;
  readonly orientation?: string;
}
