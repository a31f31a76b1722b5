export type Status = 'active' | 'inactive' | 'onboarding' | 'leave';

/** The state behind both API versions. Dates are YYYY-MM-DD, instants ISO. */
export interface Person {
	id: number;
	firstName: string;
	lastName: string;
	preferredName: string | null;
	email: string | null;
	status: Status;
	/** null comes out as null or ""; "" stays "". */
	position: string | null;
	department: string | null;
	team: string | null;
	office: string | null;
	legalEntity: string | null;
	employmentType: 'internal' | 'external';
	supervisorId: number | null;
	hireDate: string | null;
	contractEndDate: string | null;
	terminationDate: string | null;
	lastWorkingDay: string | null;
	createdAt: string;
	lastModifiedAt: string;
	/** Keyed by `dynamic_…`; tags are string arrays, dates YYYY-MM-DD. */
	custom: Record<string, unknown>;
}

export type PersonInput = Partial<Person>;

export type AttributeType =
	'standard' | 'date' | 'integer' | 'decimal' | 'list' | 'link' | 'tags' | 'multiline';

export interface CustomAttribute {
	/** `dynamic_<number>` */
	key: string;
	label: string;
	type: AttributeType;
	universalId: string | null;
	/** Filled for list and tags only. */
	options: string[];
}

/** A standard attribute without options unless said otherwise. */
export type CustomAttributeInput = Pick<CustomAttribute, 'key' | 'label'> & Partial<CustomAttribute>;
