import { Injectable } from '@nestjs/common';
import type { Perimeter, Scope } from '../../../kernel/scope.js';
import type { Query } from '../../../platform/database/query.js';

/** From where dossiers are instructed, which is less than from where they are seen. */
@Injectable()
export class InstructedPlaces {
  of(query: Query, dossierId: string): Promise<Perimeter> {
    return query<Scope>('SELECT kind, code FROM instructed_places WHERE dossier_id = $1', [dossierId]);
  }
}
