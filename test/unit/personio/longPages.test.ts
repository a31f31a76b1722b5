import type { PersonioClient } from '../../../nodes/Personio/api/client';
import { PersonioV1 } from '../../../nodes/Personio/api/v1';
import { askForAll } from '../../../nodes/Personio/api/v1Witness';
import { readPages } from '../../../nodes/Personio/api/v2Pages';
import { employeeId, type EmployeeField } from '../../../nodes/shared/item';

/** More than a call takes arguments. */
const MANY = 150_000;

const records = (first: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		attributes: { id: { value: first + index }, termination_date: { value: null } },
	}));

/** Answers one call after another, and the last answer again and again. */
function answering(...pages: object[]): { client: PersonioClient; calls: object[] } {
	const calls: object[] = [];
	const get = async (_path: string, query: object) => {
		calls.push(query);
		if (calls.length > 50) throw new Error('Asked without end');
		return pages[Math.min(calls.length, pages.length) - 1];
	};
	return { client: { get } as unknown as PersonioClient, calls };
}

describe('a vendor that sends all records in one page', () => {
	it('of v1 is read', async () => {
		const { client } = answering(
			{ data: records(1, MANY), metadata: { total_elements: MANY } },
			{ data: [], metadata: { total_elements: MANY } },
		);
		const { employees } = await new PersonioV1(client).readAll({
			attributes: ['status'],
			customAttributes: [],
		});
		expect(employees).toHaveLength(MANY);
	});

	it('of v1 is read where it is asked beside v2', async () => {
		const { client } = answering({ data: records(1, MANY), metadata: { total_elements: MANY } });
		const { total, gaps, lacks } = await askForAll(client, ['terminationDate'], undefined);
		expect({ total, gaps }).toEqual({ total: MANY, gaps: [] });
		expect(lacks(employeeId(`${MANY}`), 'terminationDate')).toBe(true);
	});

	it('of v2 is read', async () => {
		const { client } = answering({
			_data: records(1, MANY).map((_, index) => ({ id: index })),
			_meta: { links: {} },
		});
		const { items } = await readPages(client, { path: '/v2/persons', what: 'employees' });
		expect(items).toHaveLength(MANY);
	});
});

describe('what v1 says beside v2', () => {
	const FIELDS: EmployeeField[] = ['terminationDate'];

	it('is read to its end where v1 does not tell how many there are', async () => {
		const { client, calls } = answering({ data: records(1, 100) }, { data: records(101, 5) }, { data: [] });
		const { gaps, lacks } = await askForAll(client, FIELDS, undefined);
		expect(gaps).toEqual([]);
		expect(lacks(employeeId('105'), 'terminationDate')).toBe(true);
		expect(calls).toHaveLength(3);
	});

	it.each([undefined, 1000])(
		'ends with a gap where the same page comes again and again, with a total of %s',
		async (total) => {
			const page = { data: records(1, 100), ...(total && { metadata: { total_elements: total } }) };
			const { client, calls } = answering(page);
			const { gaps } = await askForAll(client, FIELDS, undefined);
			expect(gaps).toMatchObject([
				{
					code: 'pageRepeated',
					message: expect.stringMatching(/same page again after 100 employees/) as string,
				},
			]);
			expect(calls).toHaveLength(2);
		},
	);
});
