import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { getCustomAttributes } from '../../Personio/methods/loadOptions';
import { platformEntry } from '../actions/context';
import { NO_OPTIONS } from '../platforms/platform';

/** The fields of the employee record in words. */
const FIELDS: Record<string, string> = {
	contractEndDate: 'Contract End Date',
	createdAt: 'Created At',
	department: 'Department',
	email: 'E-Mail',
	employmentType: 'Employment Type',
	firstName: 'First Name',
	hireDate: 'Hire Date',
	id: 'Personio ID',
	lastModifiedAt: 'Last Modified',
	lastName: 'Last Name',
	lastWorkingDay: 'Last Working Day',
	legalEntity: 'Legal Entity',
	office: 'Office',
	position: 'Position',
	preferredName: 'Preferred Name',
	status: 'Status',
	supervisor: 'Supervisor (E-Mail)',
	team: 'Team',
	terminationDate: 'Termination Date',
};

/**
 * Attributes of employees: the fields of the record, and, where a Personio credential is chosen, the
 * custom attributes with their labels.
 */
export async function getAttributes(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options = Object.entries(FIELDS).map(([value, name]) => ({ name, value }));
	if (!this.getNode().credentials?.personioEmployeesApi) return options;
	return [...options, ...(await getCustomAttributes.call(this))].sort((a, b) => a.name.localeCompare(b.name));
}

/** The groups of a platform that makes all accounts in one of them, by their path. */
export async function getGroups(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const groups = await platformEntry(this).open(this, NO_OPTIONS).groups();
	return groups.map(({ id, name }) => ({ name, value: id })).sort((a, b) => a.name.localeCompare(b.name));
}
