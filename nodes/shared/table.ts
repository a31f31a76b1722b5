/** A table to look names up in that come from outside: it has no names but its own, such as "constructor". */
export const tableOf = <Table extends object>(entries: Table): Table =>
	Object.assign(Object.create(null) as object, entries) as Table;
