export { type CsvCell, csvText } from '@tocsin/schema/domain/csv';
