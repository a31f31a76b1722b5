import type { NodeContext } from '../../shared/transport/vendor';
import { PersonioClient } from './client';
import type { EmployeeReader } from './reader';
import { PersonioV1 } from './v1';
import { PersonioV2 } from './v2';

export type ApiVersion = 'v1' | 'v2';

/** @param deadline milliseconds of the epoch, by which a read has to end as far as it got */
export function openPersonio(context: NodeContext, version: ApiVersion, deadline?: number): EmployeeReader {
	const client = new PersonioClient(context, deadline);
	return version === 'v2' ? new PersonioV2(client) : new PersonioV1(client);
}
