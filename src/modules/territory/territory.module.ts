import { Module } from '@nestjs/common';
import { TerritoryController } from './http/territory.controller.js';
import { LocalPriorityRepository } from './persistence/local-priority.repository.js';
import { NomenclatureRepository } from './persistence/nomenclature.repository.js';
import { QpvRepository } from './persistence/qpv.repository.js';
import { Territory } from './persistence/territory.reader.js';
import { TerritoryQueries } from './use-cases/territory.queries.js';

@Module({
  controllers: [TerritoryController],
  providers: [TerritoryQueries, NomenclatureRepository, QpvRepository, LocalPriorityRepository, Territory],
  exports: [Territory],
})
export class TerritoryModule {}
