/**
 * What an attribute says about a person that no learning platform needs to know. The labels are free
 * text in the language of the account, so this is a search for words, in German, English, French, Spanish,
 * Italian and Dutch. It rather finds one too many: an operator can allow what it finds.
 */

export interface AttributeName {
	key: string;
	/** As the account calls it. */
	label?: string | null | undefined;
	/** Personio's own name of a custom attribute, e.g. `date_of_birth`. */
	universalId?: string | null | undefined;
}

/** Phrases that hold such a word and say nothing about a person's own affairs: courses, mostly. */
const HARMLESS = [
	/\b(?:occupational )?health (?:and |und )?safety\b/g,
	/\bsafety (?:and )?health\b/g,
	/\b(?:arbeits |arbeitsschutz )?(?:und )?gesundheitsschutz/g,
	/\bmental health first aid(?:er)?\b/g,
	/\bsante (?:et )?securite(?: au travail)?\b/g,
	/\bsalud (?:y )?seguridad\b|\bseguridad (?:y )?salud\b/g,
	/\bsalute (?:e )?sicurezza\b/g,
	/\bgendern\b/g,
	/\bfiscal year\b/g,
	/\bfamily name\b|\bjob famil(?:y|ies)\b|\bfamilienname\w*/g,
	/\baccount disabled\b|\bdisabled account\b/g,
];

/** Words are in small letters without accents. `\b` stands where a compound must not be searched within. */
const TOPICS: ReadonlyArray<readonly [topic: string, words: RegExp]> = [
	[
		'pay',
		new RegExp(
			[
				'gehalt(?!en)|vergut|entgelt|lohn|verdienst(?!kreuz)|einkommen|pramie|zulage|besoldung|gratifikation',
				'stundensatz|tagessatz|abfindung|pfandung|vermogenswirksam|(?:urlaubs|weihnachts|kranken)geld',
				'\\bprovision(?!ing|ed|al|er)|\\bbonus|\\btarif|\\bvl\\b|\\b[ev]sop\\b|\\bote\\b',
				// "Salarié" is an employee.
				'salair|salar(?!iee?\\b)|\\bwages?\\b|\\bpay(?:roll|slip|ment|grade|band|scale|check|cheque|rate)?\\b|\\bpaid\\b',
				'\\bcompensation|\\bcommission|remunera|\\bearnings?\\b|\\bincome\\b|\\bstipend|\\bseverance|allowance',
				'\\bhourly rate|\\bday rate|\\bstock options?|\\bbenefits?\\b|garnish',
				'\\bpaie\\b|\\bprime\\b|\\bsueldo|\\bnomina\\b|retribu|\\bbusta paga|\\bpaga\\b',
				'\\bloon|(?:bruto|netto|uur|maand|jaar|week|basis)loon|bezoldiging',
			].join('|'),
		),
	],
	[
		'bank',
		new RegExp(
			[
				'\\biban|\\bbic\\b|\\bsepa\\b|^swift$|\\bswift (?:bic|code|number|nummer|nr)\\b|\\bblz\\b',
				'kontonummer|kontoinhaber|kontoverbindung|\\bkonto (?:nr|nummer|inhaber)|bankkonto|kreditkarte',
				'\\bbank\\b|\\bbank(?:verbind|konto|leitzahl|name|daten|details|institut|account|data|rekening|karte|einzug)',
				'kreditinstitut|\\baccount (?:number|holder)|\\bsort code|\\brouting number|credit card',
				'bancaire|bancari|\\brib\\b|\\bcuenta\\b|conto corrente|rekeningnummer',
			].join('|'),
		),
	],
	[
		'gender',
		/\bgender|transgender|geschlecht|\banrede|salutation|\bsexe?\b|\bsexo\b|\bsesso\b|geslacht|\bgenere\b|\bgenero\b|\bgenre\b|civilite|\baanhef|pronoun|pronomen|\bmale\b|\bfemale\b|mannlich|weiblich/,
	],
	[
		'birth date',
		/geburt|birth|\bdob\b|naissance|\bne e? le\b|nacimiento|nascita|geboorte|geboren|cumpleanos|compleanno|anniversaire|verjaardag|\balter\b|\balters(?!vorsorge)|lebensalter|\bage\b|\bedad\b|leeftijd|\bjahrgang\b/,
	],
	[
		'disability',
		/behinder|schwerbeschadigt|gleichgestellt|\bgdb\b|\bdisab|handicap|invalidit|invaliden|discapacidad|minusval|\brqth\b|beperking|rollstuhl|wheelchair/,
	],
	[
		'health',
		new RegExp(
			[
				'krank|gesund|\\bhealth|medizin|\\bmedic|arzt|\\bsick|illness|disease|diagnos|allerg|unvertraglich|dietary',
				'impf|vaccin|\\bcovid|\\bcorona\\b|blutgruppe|\\bblood|schwanger|pregnan|mutterschutz|matern|unfahig',
				'\\battest\\b|therap|vorsorgeuntersuch|pflegegrad|raucher|\\bsmoker',
				'\\bsante\\b|maladi|malade|grossesse|\\bsalud\\b|enfermedad|embaraz|\\bsalute\\b|sanitari|malatti|gravidanza',
				'ziekte|\\bziek|gezondheid|zwanger|verzuim',
			].join('|'),
		),
	],
	[
		'religion',
		/religi|konfession|confession|denomination|kirche(?:nsteuer|nzugeh|nmitglied|naustritt)|\bkirche\b|kirchlich|church|\bglaube\b|glaubens|\bfaith\b|\bbelie[fv]|\beglise|\biglesia|\bchiesa|\bkerk|godsdienst|\bculte\b/,
	],
	[
		'tax or social security',
		new RegExp(
			[
				'steuer(?!ung|n\\b|nd|bar)|elstam|\\btax(?:es|able|ation|payer|id|class|number|code)?\\b|\\bfiscale?s?\\b',
				'\\bimpots?\\b|\\bimpuestos?\\b|\\bimpost[ae]\\b|belasting|codice fiscale|\\b(?:dni|nie|nif|cpf|bsn|ahv|ssn|svnr|inps)\\b',
				'sozialvers|sozialabgab|social (?:security|insurance)|\\bsv (?:nr|nummer|ausweis)|national insurance|\\bni number',
				'versicherungsnummer|versicherungsnr|versichertennummer|rentenvers|arbeitslosenvers|pflegevers',
				'\\brente\\b|\\bpension|altersvorsorge|\\bbav\\b|retraite|jubilacion|pensioen',
				'securite sociale|seguridad social|sicurezza sociale|previdenz|burgerservice',
			].join('|'),
		),
	],
	[
		'family status',
		new RegExp(
			[
				'familien(?:stand|status|mitglied|angehorig|situation|zulage|versicher)|\\bfamily (?:status|members?|situation|allowance)',
				'marital|\\bmarried|verheiratet|\\bledig\\b|\\behe(?:partner|gatt|frau|mann|schliess)|heirat|hochzeit|wedding|spouse',
				'lebenspartner|\\bkinder|\\bkindes|\\bchild(?:ren|care)?\\b|\\bdependa?[en]ts?\\b|scheidung|geschieden|divorc',
				'\\bwife\\b|\\bhusband\\b|elternzeit|parental|alleinerziehend|\\bmaiden\\b|patern',
				'etat civil|situation familiale|estado civil|stato civile|burgerlijke staat|\\bhijos\\b|\\benfants?\\b|\\bfigli[oa]?\\b',
				'kinderen|conyuge|conjoint|coniuge|echtgeno|huwelijk|\\bmariage|matrimoni|celibataire',
			].join('|'),
		),
	],
	[
		'nationality',
		new RegExp(
			[
				'nationalit|staatsangehor|staatsburger|staatenlos|citizen|herkunft|ethni|hautfarbe|migrationshintergrund|immigra',
				'nacionalidad|nazionalita|cittadinanza|ciudadania|citoyen|burgerschap',
				'passport|reisepass|personalausweis|ausweisnummer|passeport|pasaporte|passaporto|paspoort',
				'\\bvisa\\b|\\bvisum\\b|arbeitserlaubnis|aufenthalts?(?:titel|erlaubnis|status|genehm|recht)|(?:work|residence) permit',
				'titre de sejour|permiso de (?:trabajo|residencia)|permesso di soggiorno|verblijfsvergunning',
			].join('|'),
		),
	],
	[
		'union membership',
		/gewerkschaft|\b(?:trade|labou?r) union|union member|syndica|sindicat|sindacat|vakbond/,
	],
	['sexual orientation', /sexual (?:orientation|identity)|sexuelle|orientation sexuelle|orientacion sexual/],
	['criminal record', /vorstrafe|fuhrungszeugnis|criminal|casier judiciaire|antecedentes penales|casellario/],
];

/** Small letters without accents, `_`, `-` and the like as blanks. */
function wordsOf(text: string): string {
	const words = text
		.normalize('NFKD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
	return HARMLESS.reduce((rest, phrase) => rest.replace(phrase, ' '), words);
}

/** `fixSalary` as two words. */
const withoutHumps = (text: string): string => text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');

/** The same with "Verguetung" as "Vergütung" is written above. */
const withoutUmlauts = (words: string): string => words.replace(/([aou])e/g, '$1');

/**
 * The topic of an attribute that is sensitive, e.g. `pay`; `undefined` where nothing tells that it is. Key,
 * label and universal id are searched one by one, and one of them is enough.
 */
export function sensitivityOf({ key, label, universalId }: AttributeName): string | undefined {
	for (const name of [key, label, universalId]) {
		if (typeof name !== 'string') continue;
		const words = [wordsOf(name), wordsOf(withoutHumps(name))];
		const spellings = [...words, ...words.map(withoutUmlauts)];
		const found = TOPICS.find(([, pattern]) => spellings.some((spelling) => pattern.test(spelling)));
		if (found) return found[0];
	}
	return undefined;
}
