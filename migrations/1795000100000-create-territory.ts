import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTerritory1795000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contracts (
        code text PRIMARY KEY,
        name text NOT NULL,
        territory text NOT NULL,
        start_year integer NOT NULL,
        end_year integer NOT NULL CHECK (end_year >= start_year),
        content jsonb NOT NULL
      );

      CREATE TABLE departments (code text PRIMARY KEY CHECK (code ~ '^(\\d{2}|2[AB]|97\\d)$'), name text NOT NULL);

      CREATE TABLE sectors (
        code text PRIMARY KEY,
        name text NOT NULL,
        department_code text NOT NULL REFERENCES departments,
        population integer CHECK (population >= 0),
        population_meaning text,
        UNIQUE (code, department_code)
      );

      CREATE TABLE communes (
        insee_code text PRIMARY KEY CHECK (insee_code ~ '^\\d[\\dAB]\\d{3}$'),
        slug text NOT NULL UNIQUE,
        name text NOT NULL,
        department_code text NOT NULL REFERENCES departments,
        sector_code text,
        has_qpv boolean NOT NULL,
        in_ept boolean NOT NULL,
        note text,
        FOREIGN KEY (sector_code, department_code) REFERENCES sectors (code, department_code)
      );

      -- Positions are only checked at the end of a transaction, so that a nomenclature can be reordered.
      CREATE TABLE orientations (
        code text PRIMARY KEY,
        position integer NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED,
        label text NOT NULL,
        axis_label text NOT NULL,
        transversal boolean NOT NULL
      );
      CREATE TABLE strategic_objectives (
        code text PRIMARY KEY,
        orientation_code text NOT NULL REFERENCES orientations,
        position integer NOT NULL,
        label text NOT NULL,
        related_schemes jsonb NOT NULL DEFAULT '[]',
        UNIQUE (orientation_code, position) DEFERRABLE INITIALLY DEFERRED
      );
      CREATE TABLE operational_objectives (
        code text PRIMARY KEY,
        strategic_objective_code text NOT NULL REFERENCES strategic_objectives,
        position integer NOT NULL,
        label text NOT NULL,
        UNIQUE (strategic_objective_code, position) DEFERRABLE INITIALLY DEFERRED
      );

      CREATE TABLE qpv (
        slug text PRIMARY KEY,
        official_code text UNIQUE CHECK (official_code ~ '^QN(0\\d{2}|02[AB]|97\\d|98\\d)\\d{2}[NMI]$'),
        name text NOT NULL,
        population integer CHECK (population >= 0),
        population_year integer,
        renewal_programme boolean,
        entering_2024 boolean NOT NULL,
        interterritorial boolean NOT NULL DEFAULT false,
        notes jsonb NOT NULL DEFAULT '{}',
        indicators jsonb NOT NULL DEFAULT '{}'
      );
      CREATE TABLE qpv_communes (
        qpv_slug text NOT NULL REFERENCES qpv,
        insee_code text NOT NULL REFERENCES communes,
        PRIMARY KEY (qpv_slug, insee_code)
      );
      CREATE INDEX qpv_communes_by_commune ON qpv_communes (insee_code);
      CREATE TABLE qpv_aliases (
        qpv_slug text NOT NULL REFERENCES qpv,
        alias text NOT NULL,
        PRIMARY KEY (qpv_slug, alias)
      );
      -- A QPV's perimeter changes by decree; at any day one version holds.
      CREATE TABLE qpv_versions (
        qpv_slug text NOT NULL REFERENCES qpv,
        valid daterange NOT NULL CHECK (NOT isempty(valid)),
        label text NOT NULL,
        source text NOT NULL,
        EXCLUDE USING gist (qpv_slug WITH =, valid WITH &&)
      );

      CREATE TABLE local_priorities (
        code text PRIMARY KEY,
        qpv_slug text REFERENCES qpv,
        theme text NOT NULL,
        orientation_code text NOT NULL REFERENCES orientations,
        strategic_objective text NOT NULL,
        operational_objectives jsonb NOT NULL,
        indicators jsonb NOT NULL
      );
      CREATE INDEX local_priorities_by_qpv ON local_priorities (qpv_slug);
      CREATE TABLE local_priority_communes (
        priority_code text NOT NULL REFERENCES local_priorities,
        insee_code text NOT NULL REFERENCES communes,
        PRIMARY KEY (priority_code, insee_code)
      );
      CREATE INDEX local_priority_communes_by_commune ON local_priority_communes (insee_code);

      CREATE TABLE poverty_pockets (
        id uuid PRIMARY KEY,
        insee_code text NOT NULL REFERENCES communes,
        name text NOT NULL,
        places jsonb NOT NULL DEFAULT '[]',
        UNIQUE (insee_code, name)
      );

      CREATE TABLE funders (
        id uuid PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('state', 'state-operator', 'intercommunal', 'department', 'social-body', 'public-financier', 'landlord', 'commune')),
        department_code text REFERENCES departments,
        insee_code text REFERENCES communes,
        CHECK ((kind = 'commune') = (insee_code IS NOT NULL))
      );
      CREATE TABLE funder_schemes (
        funder_id uuid NOT NULL REFERENCES funders,
        position integer NOT NULL,
        label text NOT NULL,
        PRIMARY KEY (funder_id, label)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE funder_schemes, funders, poverty_pockets, local_priority_communes, local_priorities, qpv_versions, qpv_aliases,
        qpv_communes, qpv, operational_objectives, strategic_objectives, orientations, communes, sectors, departments, contracts;
    `);
  }
}
