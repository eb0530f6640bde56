/** The dossiers of the demo year: what each asks for, and how far it has come. Invented associations on the contract's real ground. */
export type Step =
  | 'draft'
  | 'awaiting-attestation'
  | 'submitted'
  | 'opinions'
  | 'to-complete'
  | 'withdrawn'
  | 'admissible'
  | 'inadmissible'
  | 'proposed'
  | 'approved';

export interface DemoOrganisation {
  readonly key: string;
  readonly siret: string;
  readonly name: string;
  readonly address: string;
  /** The demo person who instructs for its commune, and so lets people in. */
  readonly instructor: string;
}

export interface DemoDossier {
  readonly organisation: string;
  readonly title: string;
  readonly orientation: string;
  readonly objective: string;
  readonly qpv: readonly string[];
  readonly description: string;
  readonly people: { readonly total: number; readonly women: number; readonly men: number; readonly fromQpv: number };
  /** What it costs, and what is asked of whom, in euros; own resources make up the rest. */
  readonly cost: number;
  readonly asks: Readonly<Record<string, number>>;
  readonly step: Step;
  /** Who instructs it: cities that give an opinion, the first of which decides on admissibility. */
  readonly instructors: readonly string[];
  readonly delegate?: string;
  readonly prefecture?: string;
}

const organisation = (key: string, siret: string, name: string, address: string, instructor: string): DemoOrganisation => ({
  key,
  siret,
  name,
  address,
  instructor: `instruction.${instructor}@demo.test`,
});

export const OWN_ORGANISATION = 'ateliers';

export const ORGANISATIONS: readonly DemoOrganisation[] = [
  organisation('ateliers', '90000000100017', 'Les Ateliers de la Bièvre', '14 rue Saint-Just, 94200 Ivry-sur-Seine', 'ivry'),
  organisation('vitry', '90000000200015', 'Vitry Partage', '3 avenue Rouget-de-Lisle, 94400 Vitry-sur-Seine', 'vitry'),
  organisation('chaperon', '90000000300013', 'Chaperon en fête', '8 allée Fernand-Léger, 94110 Arcueil', 'arcueil'),
  organisation('villejuif', '90000000400011', 'Savoirs en commun', '21 rue de Chevilly, 94800 Villejuif', 'villejuif'),
  organisation('athis', '90000000500018', 'Le Fil d’Athis', '5 avenue d’Alsace-Lorraine, 91200 Athis-Mons', 'athis-mons'),
  organisation('viry', '90000000600016', 'Jardins du Plateau', '2 rue Henri-Barbusse, 91170 Viry-Châtillon', 'viry-chatillon'),
];

const NORTH_EAST = { delegate: 'deleguee.nord-est@demo.test', prefecture: 'prefecture.94@demo.test' } as const;
const SOUTH = { delegate: 'deleguee.sud@demo.test', prefecture: 'prefecture.91@demo.test' } as const;
const by = (...slugs: readonly string[]) => ({ instructors: slugs.map((slug) => `instruction.${slug}@demo.test`) });

export const DOSSIERS: readonly DemoDossier[] = [
  {
    organisation: 'ateliers',
    title: 'Ateliers sociolinguistiques de Gagarine',
    orientation: 'O4',
    objective: 'O4.1',
    qpv: ['gagarine', 'pierre-et-marie-curie'],
    description: 'Deux ateliers de français par semaine pour les parents, avec garde d’enfants, de septembre à juin.',
    people: { total: 60, women: 42, men: 18, fromQpv: 55 },
    cost: 24_000,
    asks: { 'P147-94': 9000, CD94: 4000, 'COMMUNE-ivry-sur-seine': 5000 },
    step: 'proposed',
    ...by('ivry'),
    ...NORTH_EAST,
  },
  {
    organisation: 'ateliers',
    title: 'Un été à Ivry Port',
    orientation: 'O7',
    objective: 'O7.1',
    qpv: ['ivry-port'],
    description: 'Animations de rue en pied d’immeuble pendant l’été, préparées avec les habitants.',
    people: { total: 300, women: 150, men: 150, fromQpv: 260 },
    cost: 12_000,
    asks: { 'P147-94': 6000 },
    step: 'draft',
    ...by('ivry'),
  },
  {
    organisation: 'ateliers',
    title: 'Permanences d’accès aux droits à Monmousseau',
    orientation: 'O4',
    objective: 'O4.2',
    qpv: ['monmousseau'],
    description: 'Une permanence par semaine avec une écrivaine publique et un médiateur numérique.',
    people: { total: 220, women: 130, men: 90, fromQpv: 200 },
    cost: 15_000,
    asks: { 'P147-94': 4500, 'COMMUNE-ivry-sur-seine': 3000 },
    step: 'approved',
    ...by('ivry'),
    ...NORTH_EAST,
  },
  {
    organisation: 'vitry',
    title: 'Coup de pouce aux collégiens du Colonel-Fabien',
    orientation: 'O1',
    objective: 'O1.2',
    qpv: ['colonel-fabien'],
    description: 'Accompagnement à la scolarité, en petits groupes, trois soirs par semaine.',
    people: { total: 45, women: 22, men: 23, fromQpv: 45 },
    cost: 18_000,
    asks: { 'P147-94': 8000, CAF94: 4000 },
    step: 'submitted',
    ...by('vitry'),
  },
  {
    organisation: 'vitry',
    title: 'Femmes et emploi à Robespierre',
    orientation: 'O5',
    objective: 'O5.1',
    qpv: ['centre-ville-defresne-vilmorin-robespierre'],
    description: 'Parcours de remobilisation de six mois vers la formation et l’emploi.',
    people: { total: 24, women: 24, men: 0, fromQpv: 20 },
    cost: 32_000,
    asks: { 'P147-94': 15_000, CD94: 6000 },
    step: 'admissible',
    ...by('vitry'),
    ...NORTH_EAST,
  },
  {
    organisation: 'chaperon',
    title: 'La Maison du projet, lieu de tous',
    orientation: 'O7',
    objective: 'O7.2',
    qpv: ['chaperon-vert'],
    description: 'Animation d’un espace de vie sociale partagé par les deux villes, avec les 11-25 ans.',
    people: { total: 150, women: 80, men: 70, fromQpv: 140 },
    cost: 28_000,
    asks: { 'P147-94': 10_000, 'COMMUNE-arcueil': 5000, 'COMMUNE-gentilly': 5000 },
    step: 'opinions',
    ...by('arcueil', 'gentilly'),
  },
  {
    organisation: 'villejuif',
    title: 'Santé des femmes de Lozaitz',
    orientation: 'O2',
    objective: 'O2.1',
    qpv: ['lebon-hochart-mermoz'],
    description: 'Rencontres de prévention avec une sage-femme et une diététicienne.',
    people: { total: 90, women: 90, men: 0, fromQpv: 80 },
    cost: 9000,
    asks: { 'P147-94': 4000, 'ARS-IDF': 2000 },
    step: 'to-complete',
    ...by('villejuif'),
  },
  {
    organisation: 'villejuif',
    title: 'Réparer plutôt que jeter',
    orientation: 'O3',
    objective: 'O3.1',
    qpv: ['alexandre-dumas', 'vercors-chastenet'],
    description: 'Un atelier de réparation mensuel et itinérant, tenu par des habitants formés.',
    people: { total: 120, women: 60, men: 60, fromQpv: 90 },
    cost: 11_000,
    asks: { 'P147-94': 5000, ADEME: 2500 },
    step: 'awaiting-attestation',
    ...by('villejuif'),
  },
  {
    organisation: 'athis',
    title: 'Parents et petite enfance au Noyer-Renard',
    orientation: 'O1',
    objective: 'O1.1',
    qpv: ['noyer-renard', 'clos-nollet'],
    description: 'Ateliers parents-enfants autour des mille premiers jours.',
    people: { total: 50, women: 35, men: 15, fromQpv: 48 },
    cost: 16_000,
    asks: { 'P147-91': 7000, CAF91: 3000 },
    step: 'approved',
    ...by('athis-mons'),
    ...SOUTH,
  },
  {
    organisation: 'athis',
    title: 'Le numérique sans peur',
    orientation: 'O4',
    objective: 'O4.3',
    qpv: ['edouard-vaillant'],
    description: 'Initiation au numérique pour les plus de soixante ans.',
    people: { total: 40, women: 26, men: 14, fromQpv: 36 },
    cost: 7000,
    asks: { 'P147-91': 3500 },
    step: 'withdrawn',
    ...by('athis-mons'),
  },
  {
    organisation: 'viry',
    title: 'Un jardin au pied des tours',
    orientation: 'O3',
    objective: 'O3.2',
    qpv: ['plateau-grande-borne'],
    description: 'Création et animation d’un jardin partagé sur le Plateau.',
    people: { total: 70, women: 40, men: 30, fromQpv: 66 },
    cost: 14_000,
    asks: { 'P147-91': 6000, CD91: 2000 },
    step: 'opinions',
    ...by('viry-chatillon'),
    ...SOUTH,
  },
  {
    organisation: 'viry',
    title: 'Tournoi interquartiers',
    orientation: 'O7',
    objective: 'O7.3',
    qpv: ['plateau-grande-borne'],
    description: 'Une journée sportive en juin.',
    people: { total: 200, women: 80, men: 120, fromQpv: 150 },
    cost: 5000,
    asks: { 'P147-91': 2500 },
    step: 'inadmissible',
    ...by('viry-chatillon'),
  },
];
