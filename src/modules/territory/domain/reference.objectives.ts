import { flagAt, listAt, objectAt, textAt, textsAt } from './json-reading.js';

export interface OrientationRow {
  readonly code: string;
  readonly position: number;
  readonly label: string;
  readonly axisLabel: string;
  readonly transversal: boolean;
}

export interface StrategicObjectiveRow {
  readonly code: string;
  readonly orientationCode: string;
  readonly position: number;
  readonly label: string;
  readonly relatedSchemes: readonly string[];
}

export interface OperationalObjectiveRow {
  readonly code: string;
  readonly strategicObjectiveCode: string;
  readonly position: number;
  readonly label: string;
}

export interface ObjectiveRows {
  readonly orientations: readonly OrientationRow[];
  readonly strategicObjectives: readonly StrategicObjectiveRow[];
  readonly operationalObjectives: readonly OperationalObjectiveRow[];
}

/** The tree of the contract's orientations, flattened; positions keep the document's order. */
export function readObjectives(file: unknown): ObjectiveRows {
  const orientations: OrientationRow[] = [];
  const strategicObjectives: StrategicObjectiveRow[] = [];
  const operationalObjectives: OperationalObjectiveRow[] = [];
  listAt(file, 'orientations', (item, at) => {
    const orientation = objectAt(item, at);
    const orientationCode = textAt(orientation['code'], `${at}/code`);
    orientations.push({
      code: orientationCode,
      position: orientations.length + 1,
      label: textAt(orientation['label'], `${at}/label`),
      axisLabel: textAt(orientation['axisLabel'], `${at}/axisLabel`),
      transversal: flagAt(orientation['transversal'], `${at}/transversal`),
    });
    listAt(orientation['strategicObjectives'], `${at}/strategicObjectives`, (child, childAt) => {
      const strategic = objectAt(child, childAt);
      const strategicObjectiveCode = textAt(strategic['code'], `${childAt}/code`);
      strategicObjectives.push({
        code: strategicObjectiveCode,
        orientationCode,
        position: strategicObjectives.length + 1,
        label: textAt(strategic['label'], `${childAt}/label`),
        relatedSchemes: textsAt(strategic['relatedSchemes'], `${childAt}/relatedSchemes`),
      });
      listAt(strategic['operationalObjectives'], `${childAt}/operationalObjectives`, (leaf, leafAt) => {
        const operational = objectAt(leaf, leafAt);
        operationalObjectives.push({
          code: textAt(operational['code'], `${leafAt}/code`),
          strategicObjectiveCode,
          position: operationalObjectives.length + 1,
          label: textAt(operational['label'], `${leafAt}/label`),
        });
      });
    });
  });
  return { orientations, strategicObjectives, operationalObjectives };
}
