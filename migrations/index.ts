import { CreatePlatform1795000000000 } from './1795000000000-create-platform.js';
import { CreateTerritory1795000100000 } from './1795000100000-create-territory.js';
import { CreatePeople1795000200000 } from './1795000200000-create-people.js';
import { CreateCallsAndDossiers1795000300000 } from './1795000300000-create-calls-and-dossiers.js';
import { CreateMoney1795000400000 } from './1795000400000-create-money.js';
import { CreatePeopleViews1795000510000 } from './1795000510000-create-people-views.js';
import { CreateDossierViews1795000520000 } from './1795000520000-create-dossier-views.js';
import { CreateFundingViews1795000530000 } from './1795000530000-create-funding-views.js';
import { CreateNotifications1795000540000 } from './1795000540000-create-notifications.js';
import { CreateInstructionViews1795000550000 } from './1795000550000-create-instruction-views.js';
import { ExtendFundingLines1795000600000 } from './1795000600000-extend-funding-lines.js';
import { CreateFiles1795000610000 } from './1795000610000-create-files.js';
import { CreatePayments1795001000000 } from './1795001000000-create-payments.js';
import { CreateChorusImports1795001010000 } from './1795001010000-create-chorus-imports.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  CreatePlatform1795000000000,
  CreateTerritory1795000100000,
  CreatePeople1795000200000,
  CreateCallsAndDossiers1795000300000,
  CreateMoney1795000400000,
  CreatePeopleViews1795000510000,
  CreateDossierViews1795000520000,
  CreateFundingViews1795000530000,
  CreateNotifications1795000540000,
  CreateInstructionViews1795000550000,
  ExtendFundingLines1795000600000,
  CreateFiles1795000610000,
  CreatePayments1795001000000,
  CreateChorusImports1795001010000,
];
