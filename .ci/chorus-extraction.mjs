// One payment as Chorus extracts it, for the README's tour: node .ci/chorus-extraction.mjs EJ SIRET YEAR EUROS > extraction.xlsx
import { aWorkbook } from '../dist/test/builders/workbooks.js';

const HEADERS = ['N° EJ', 'N° poste EJ', 'Code taxe 1', 'N° DP', 'N° poste DP', 'Exercice comptable', 'Désignation de la structure'];
const [ej, siret, year, euros] = process.argv.slice(2);
const dp = String(Date.now()).slice(-9);
const day = new Date().toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
const rows = [
  [...HEADERS, 'Montant payé', 'Date de dernière opération sur la DP'],
  [ej, '10', siret, dp, '1', { n: year }, 'LES VOISINS DE GAGARINE', { n: euros }, day],
];
process.stdout.write(await aWorkbook({ sheets: { '1. Extraction': rows } }));
