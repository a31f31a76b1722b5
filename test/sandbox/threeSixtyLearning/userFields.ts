import { Refusal } from './errors';
import type { ThreeSixtyLearningOptions } from './options';
import type { ThreeSixtyLearningState } from './state';
import type { User } from './types';

export interface Fields {
	[key: string]: string | null | undefined;
}

/** The fields of a user as POST and PATCH take them. */
export class UserFields {
	constructor(
		private readonly state: ThreeSixtyLearningState,
		private readonly options: ThreeSixtyLearningOptions,
	) {}

	checkNew(fields: Fields): void {
		if (fields['mail'] === undefined && fields['username'] === undefined) {
			throw new Refusal(400, 'mailAndUsernameUndefined', 'A mail or a username must be given.');
		}
		this.checkForms(fields);
	}

	/** The account that a new one would bring back; somebody who is there already is a refusal. */
	holder({ mail, username }: Fields): User | undefined {
		const mailed = typeof mail === 'string' ? this.state.usersWithMail(mail) : [];
		if (mailed.length > 1) {
			throw new Refusal(400, 'mailUsedTooManyTimes', `The mail ${mail} is used too many times.`);
		}
		const byMail = mailed[0];
		const byName = typeof username === 'string' ? this.state.userWithUsername(username) : undefined;
		if (byMail && byName && byMail !== byName) {
			const message = 'Mail and username match a different user each.';
			throw new Refusal(400, 'loginIdentifierMultipleUsersFound', message);
		}
		if (byMail && !this.yields(byMail)) throw mailUsed(mail);
		if (byName && !this.yields(byName)) throw nameUsed(username);
		return byMail ?? byName;
	}

	change(user: User, changes: Fields): void {
		this.checkDate(user, changes);
		this.checkIdentifiers(user, changes);
		this.checkForms(changes);
		const { mail, username, primaryGroupId, profileImageId } = changes;
		if (typeof mail === 'string' && this.state.usersWithMail(mail).some((other) => other !== user)) {
			throw mailUsed(mail);
		}
		const namesake = typeof username === 'string' ? this.state.userWithUsername(username) : undefined;
		if (namesake && namesake !== user) throw nameUsed(username);
		if (typeof profileImageId === 'string') {
			throw new Refusal(400, 'mediaNotFound', 'The media does not exist.');
		}
		const isMember = (id: string) => this.state.memberships.has(user._id, id.toLowerCase());
		if (typeof primaryGroupId === 'string' && !isMember(primaryGroupId)) {
			throw new Refusal(400, 'notMemberOfPrimaryGroup', 'The user is not a member of the primary group.');
		}
		Object.assign(user, this.stored(changes));
		for (const [key, value] of Object.entries(changes)) if (value === null) delete user[key as 'mail'];
	}

	/** As they are kept; what is null is left out. */
	stored(fields: Fields): Partial<User> {
		const kept = Object.entries(fields).filter(([, value]) => typeof value === 'string') as [
			string,
			string,
		][];
		return Object.fromEntries(
			kept.map(([key, value]) => {
				const folds = key === 'primaryGroupId' || (key === 'mail' && this.options.mailCase === 'lowered');
				return [key, folds ? value.toLowerCase() : value];
			}),
		);
	}

	private yields({ status }: User): boolean {
		return status === 'deleted' || (status === 'invited' && this.options.repeatedInvitation === 'sentAgain');
	}

	private checkForms({ mail, username, toBeDeactivatedAt }: Fields): void {
		if (typeof mail === 'string' && !/^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(mail)) {
			throw new Refusal(400, 'mailInvalid', `The mail ${mail} is invalid.`);
		}
		if (typeof username === 'string' && !this.options.usernamesAllowed) {
			throw new Refusal(400, 'usernameNotAllowed', 'This company does not allow usernames.');
		}
		if (typeof toBeDeactivatedAt === 'string' && toBeDeactivatedAt <= this.state.stamp()) {
			throw new Refusal(400, 'deactivationDateInvalid', 'The deactivation date must be in the future.');
		}
	}

	private checkDate(user: User, changes: Fields): void {
		if (changes['toBeDeactivatedAt'] === undefined) return;
		if (user.status === 'deleted') {
			const message = 'toBeDeactivatedAt cannot be updated on a deleted user.';
			throw new Refusal(400, 'invalidUpdateOnDeletedUser', message);
		}
		if (this.state.isOwner(user)) {
			const message = 'The deactivation date of the platform owner cannot be updated.';
			throw new Refusal(400, 'ownerDeactivationNotAllowed', message);
		}
	}

	private checkIdentifiers(user: User, changes: Fields): void {
		const isLeft = (key: 'mail' | 'username') =>
			changes[key] === undefined ? user[key] !== undefined : changes[key] !== null;
		if (isLeft('mail') || isLeft('username')) return;
		const message = 'The user would have neither a mail nor a username.';
		throw new Refusal(400, 'userShouldHaveAtLeastOneValidIdentifier', message);
	}
}

function mailUsed(mail: string | null | undefined): Refusal {
	return new Refusal(400, 'mailAlreadyUsed', `The mail ${mail} is already used.`);
}

function nameUsed(username: string | null | undefined): Refusal {
	return new Refusal(400, 'usernameAlreadyUsed', `The username ${username} is already used.`);
}
