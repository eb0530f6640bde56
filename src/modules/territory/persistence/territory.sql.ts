/** JSON of a commune `c` as `CommunePlace`. */
export const COMMUNE_PLACE = `json_build_object(
  'inseeCode', c.insee_code, 'slug', c.slug, 'name', c.name, 'departmentCode', c.department_code, 'sectorCode', c.sector_code)`;

/** Columns of a commune `c` as `CommunePlace`. */
export const COMMUNE_COLUMNS = `c.insee_code AS "inseeCode", c.slug, c.name, c.department_code AS "departmentCode", c.sector_code AS "sectorCode"`;
