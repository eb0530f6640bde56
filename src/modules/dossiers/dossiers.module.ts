import { Module } from '@nestjs/common';
import { DossierRepository } from './persistence/dossier.repository.js';
import { PerimeterRepository } from './persistence/perimeter.repository.js';
import { DossierFile } from './use-cases/dossier-file.js';

@Module({
  providers: [DossierRepository, PerimeterRepository, DossierFile],
  exports: [DossierFile],
})
export class DossiersModule {}
