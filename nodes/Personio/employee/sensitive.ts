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

/** Phrases that hold such a word and say nothing about a person's own affairs: courses and departments, mostly. */
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
	/\bsexuelle belastigung\w*/g,
	/\bchild (?:protection|safeguarding|welfare)\b/g,
	/\bdiversity (?:and )?equity\b|\bequity (?:and )?inclusion\b|\bprivate equity\b/g,
	/\bequity (?:research|sales|trading|derivatives|capital markets)\b/g,
	/\bbank holidays?\b|\bbanco de (?:horas|tiempo|datos)\b|\bbanca dati\b|\bbanque (?:de donnees|d heures)\b/g,
	/\bcuenta de (?:usuario|correo)\b/g,
	/\bcitizen (?:developer|service)/g,
	/\bdata di nomina\b/g,
	/\bral (?:farb|ton|colou?r)\w*/g,
	// Of a building; and of a vacancy, whose title says that anybody may apply.
	/\bgeb (?:nr\b|nummer\b|teil\b|etage\b|raum\b|\d+)/g,
	/\b(?:position|stelle|stellenbezeichnung|stellentitel|jobtitel|titel|job|title|rolle|role|funktion|beruf) (?:[mwfdx] ?){2,3}\b/g,
];

/** Words are in small letters without accents. `\b` stands where a compound must not be searched within. */
const TOPICS: ReadonlyArray<readonly [topic: string, words: RegExp]> = [
	[
		'pay',
		new RegExp(
			[
				'gehalt(?!en)|vergut|entgelt|lohn|verdienst(?!kreuz)|(?<!uber)ein(?:kommen|kunft)|pramie|zulage|besoldung|gratifi[ck]a',
				'stundensatz|tagessatz|abfindung|pfandung|vermogenswirksam|\\bvw?l\\b|\\bfixum|honorar(?!y|kraft)|tantiem',
				// "Geldwäsche" and the like are courses.
				'(?<=[a-z]{4} ?)(?<!falsch|wechsel)geld(?:er)?\\b|geldwert|sachbezug|bezugen?\\b',
				'(?:sonder|einmal|jahres|aus|lohnfort) ?zahlung|bezahlung|zuschlag(?:en?|s?satz)?\\b|zuschuss|personalkosten',
				'brutto(?!geschoss|flache|raum)|\\bnetto(?:\\b|bezug|betrag|jahr|monat)|(?:jahres|monats)netto|(?:ein|hoch|hoher|herab|ruck|um)gruppierung',
				'(?<!im|p|\\ba)provision(?!ing|ed|al|er|ier)|bonus(?!heft)|boni\\b|bonifica',
				'\\btarif(?!a\\b|f|ic)|(?:mantel|haus|firmen)tarif|tariflich|variabler? (?:anteil|bestandteil)|\\bgagen?\\b',
				'(?:mitarbeiter|gewinn|erfolgs|umsatz)beteiligung|aktien?\\b|aktien(?:option|paket|plan|anteil|programm)',
				'(?:virtuelle|phantom) ?(?:anteil|aktie|beteiligung|option)|kompensation',
				'\\b(?:grund|jahres|monats|brutto|fix)geh\\b|\\bverg (?:gr|gruppe|stufe)\\b|\\bentg\\b',
				// "Salarié" is an employee.
				'salair|salar(?!iee?\\b)|\\bwages?\\b|\\bpay(?! pal\\b)(?:roll|slip|ment|grade|band|scale|check|cheque|rate|group|outs?)?\\b|\\bpaid\\b',
				'\\bcompensation|\\bcommission(?!ing|er|ed)|r[ei][mn]u[mn]era|\\bemolument|\\bearnings?\\b|\\bincome\\b|\\bstipend|\\bseverance',
				'allowance|\\b(?:hourly|daily|day|monthly|annual|yearly|cost) rates?\\b|\\bbenefits?\\b|garnish|\\bctc\\b|cost to company',
				'\\bstock (?:option|grant|award|plan|purchase|unit)|\\brsus?\\b|\\bequity\\b|\\b(?:phantom|virtual) (?:share|stock|unit|option)',
				'(?<!market )\\bshares\\b|\\bshare (?:grant|award|plan|option)|\\bvest(?:ing|ed)\\b|\\b[ev]sop\\b|\\bespp\\b|\\bote\\b',
				'\\bincentiv|\\b[ls]tip\\b|compa ratio|\\bcomp (?:band|range|review|and ben)|\\b(?:total|base) (?:comp|cash|rewards?)\\b',
				'\\bmerit (?:increase|raise)|\\bsign(?:ing)? on (?:payment|bonus)|\\bgross (?:annual|yearly|monthly)|(?:annual|yearly|monthly|hourly) gross\\b',
				'\\bpaie\\b|\\bprimes?\\b|\\bbrut[oae]?s?\\b|\\bnet (?:mensuel|annuel|a payer|imposable)|honorair|\\bindemnites?\\b',
				'\\b(?:13e?(?:me)?|treizieme) mois\\b|interessement|part variable|\\bfixe annuel',
				'\\bsueldo|\\bnominas?\\b|retribu|\\bcomisiones\\b|\\bfiniquito|\\baguinaldo|compensacion|\\bneto\\b',
				'\\bcompens[oi]\\b|\\bral\\b|\\blord[oa]\\b|\\bmensilita|\\b(?:tredi|quattordi)cesima|\\btfr\\b|\\bpremi[oi]? (?:di|produzione|risultato)\\b',
				'\\binquadramento|\\bonorari|\\bbusta paga|\\bpaga\\b|superminimo',
				'\\bloon|(?:bruto|netto|uur|maand|jaar|week|basis)loon|bezoldiging|toeslag|vergoeding',
			].join('|'),
		),
	],
	[
		'bank',
		new RegExp(
			[
				'\\biban|\\bbic\\b|\\bsepa\\b|^swift$|\\bswift (?:bic|code|number|nummer|nr)\\b|\\bblz\\b|\\bbsb\\b|\\bclabe\\b|\\bifsc\\b',
				'konto ?(?:nr|nummer|inhaber|verbindung|daten)|bankkonto|\\bkto|(?:giro|referenz|privat|spar)konto|kreditkarte|\\bec karte',
				'\\bbank\\b|\\bbank(?:verb|kto|konto|leitzahl|name|daten|details|institut|account|data|rekening|karte|einzug)|hausbank',
				'kreditinstitut|zahlungsempfang|bonitat|\\bschufa|pay ?pal',
				'\\bacc(?:oun)?t (?:no|nr|num|numbers?|holder)\\b|\\ba c (?:no|number)\\b|\\bsort ?code|\\brouting n|(?:credit|debit) card',
				'bancaire|bancari|\\bbanques?\\b|\\bbancos?\\b|\\bbanc(?:a|he)\\b|\\brib\\b|\\bcuenta\\b|conto corrente|rekeningnummer',
				'\\b(?:numero|no?|nr|titulaire) (?:de |du )?compte\\b|\\b(?:numero|no?|nr|intestatario) (?:di |del )?(?:conto|c c)\\b|\\babi cab\\b',
				'\\bcarte (?:de credit|bleue)|\\btarjeta (?:de )?(?:credito|debito)|\\bcarta (?:di )?credito',
			].join('|'),
		),
	],
	[
		'gender',
		new RegExp(
			[
				'\\bgender|transgender|geschlecht|\\bgeschl\\b|anrede|salutation|\\bsexe?\\b|\\bsexo\\b|\\bsesso\\b|geslacht',
				'\\bgenere\\b|\\bgenero\\b|\\bgenre\\b|civilite|\\baanhef|\\bpronouns?\\b|pronom(?:en|s|bres?|i)?\\b|\\bmale\\b|\\bfemale\\b',
				'mannlich|weiblich|\\bmannl\\b|\\bweibl\\b|\\bmasculin|\\bfemini?n|\\bfemenin|\\bmaschile\\b|\\bfemminile\\b',
				'\\b(?:m w d|w m d|m d w|m f [dx]|f m [dx]|mwd|wmd|mfd)\\b|^(?:m w|w m|m f|f m|h f|f h)\\b',
				'\\bherrn? (?:oder )?frau\\b|\\bfrau (?:oder )?herr\\b|\\bmann (?:oder )?frau\\b|\\bfrau (?:oder )?mann\\b',
				'\\bmr (?:or )?mr?s\\b|\\bmr?s (?:or )?mr\\b|\\bhonorific|\\b(?:wo)?man (?:or )?(?:wo)?man\\b|\\bform of address',
				'\\bmonsieur\\b|\\bmadame\\b|\\bmme\\b|\\bhomme (?:ou )?femme\\b|\\bsra\\b|\\bhombre (?:o )?mujer\\b',
				'\\bsignor[ae]?\\b|\\bsig ra\\b|\\buomo (?:o )?donna\\b|\\bmevr(?:ouw)?\\b',
			].join('|'),
		),
	],
	[
		'birth date',
		new RegExp(
			[
				'geburt|\\bgeb\\b|\\bgebu?r?t?s?(?:dat|tag|ort|jahr|name)|geboren|\\balter\\b|\\balters(?!vorsorge|heim)|lebensalter|\\bjahrgang\\b|sternzeichen',
				'birth|\\bdob\\b|\\bborn\\b|\\bb ?day\\b|\\bage\\b|\\bnaissance|\\bnaiss?\\b|\\bddn\\b|\\bne ?e? le\\b|anniversaire',
				'nacimiento|\\b(?:fecha|fec|f|lugar) (?:de )?nac\\b|\\bfecnac|\\bedad\\b|cumpleanos',
				'nascita|\\bnasc\\b|\\bnat[oa] il\\b|\\bd eta\\b|compleanno|geboorte|verjaardag|leeftijd',
			].join('|'),
		),
	],
	[
		'disability',
		new RegExp(
			[
				'behinder|schwerbeh|schwerbeschadigt|\\bschwb|\\bsb (?:ausweis|grad|merkmal)|sehbehindert|horgerat|merkzeichen',
				'gleichgestellt|gleichstellungsbescheid|\\bgdb\\b|\\bdisab|handicap|invalidit|invaliden|invalid[oi] civil|hearing aid',
				'reasonable (?:accommodation|adjustment)|discapacidad|minusval|\\brqth\\b|categori[ae] protett|\\blegge (?:104|68)\\b',
				'beperking|rollstuhl|wheelchair',
			].join('|'),
		),
	],
	[
		'health',
		new RegExp(
			[
				'krank|gesund|\\bhealth|medizin|medika|\\bmedic|(?<!schw|qu|\\bh)arzt|\\bsick|illness|disease|diagnos|allerg|unvertraglich|dietary',
				'impf|vaccin|vacuna|masern|measles|rougeole|sarampion|morbillo|immunstatus|immunita|immunity|hepatitis|\\bhiv\\b',
				'\\bcovid|\\bcorona\\b|blutgruppe|\\bblood|schwanger|pregnan|matern(?!el|[ao]\\b)|mutterschaft|mutter ?schutz|entbindung|stillzeit',
				'unfahig|\\battest\\b|therap|vorsorgeuntersuch|tauglich|pflegegrad|(?<!b)raucher|\\bsmoker|\\bfumeur|\\bfumador|\\bfumator',
				'\\bbem\\b|wiedereingl|eingliederungsmanagement|hamburger modell|fehltag|fehlzeit|\\breha\\b|rehabilit',
				'\\bau (?:tag|bescheinigung|zeit|schein|beginn|ende|meldung|seit|bis|ab)|\\beau (?:status|abruf|meldung|bescheinigung)',
				'arbeitsunfall|wegeunfall|work(?:place)? accident|accident (?:du|de) travail|accidente (?:laboral|de trabajo)|infortuni',
				'korper(?:gewicht|gross|mass|hohe)|\\bgewicht\\b|\\bbody (?:weight|height|mass)|\\bweight\\b|\\bpoids\\b|\\bpeso\\b|\\bbmi\\b',
				'diabet|epilep|\\basthma|chronisch|\\bchronic\\b|depressi|\\bburn ?out|psychisch|psychiatr|organspend|organ donor',
				'vegetari|\\bvegan|intoleran|\\bdiat\\b|\\bfit (?:for|to) work|\\bfit note|fitness for (?:work|duty)',
				'\\bkv ?(?:nr|nummer)\\b|\\b[pg]kv\\b|\\bmutuelle\\b|\\bnhs (?:no|number)\\b',
				'\\bsante\\b|maladi|malade|arrets? (?:de )?travail|incapaci[td]|\\binapt|grossesse|\\benceinte\\b',
				'\\bsalud\\b|enfermedad|\\bbaja (?:laboral|medica|por)|embaraz',
				'\\bsalute\\b|sanitari|malatti|gravidanza|\\bincinta\\b|inabilita|\\bidoneita (?:alla|medica|sanitaria|fisica)',
				'ziekte|\\bziek|gezondheid|zwanger|verzuim',
			].join('|'),
		),
	],
	[
		'religion',
		/religi|\brel (?:zugeh|gemeinschaft)|konfession|\bkonf\b(?! raum)|confession|denomination|kirche(?:nst\b|nsteuer|nzugeh|nmitglied|naustritt)|\bkirche\b|kirchlich|\bchurch(?!ill)|\bglaube\b|glaubens|\bfaith\b|\bbelie(?:fs?|vers?)\b|\beglise|\biglesia|\bchiesa|\bkerk(?:\b|elij|genoot)|godsdienst|\bculte\b/,
	],
	[
		'tax or social security',
		new RegExp(
			[
				'\\blst ?kl|(?<!ge)steuer(?!ung|n\\b|nd|bar)|elstam|\\bst ?kl\\b|\\bst ?nr\\b|^id ?nr\\b|finanzamt|(?<!kinder)freibetrag|\\bi?tin\\b|\\btfn\\b',
				'\\btax(?:es|able|ation|payer|id|class|number|code)?\\b|\\bfiscale?s?\\b',
				'\\bimpots?\\b|\\bimposition|prelevement|\\bimpuestos?\\b|\\birpf\\b|\\bimpost[ae]\\b|\\birpef\\b|belasting|\\bcod(?:ice)? ?fisc',
				'\\b(?:dni|nie|nif|cpf|bsn|ahv|ssn|svnr|rvnr|vsnr|inps|nss|nir)\\b|\\bpps (?:no|number)|\\bpan (?:no|number|card)|aadha?ar',
				'sozialvers|\\bsoz ?vers|sozialabgab|social (?:security|insurance)|\\b[sr]v (?:nr|nummer|ausweis)|national insurance',
				'\\bni number|insurance (?:no|number)\\b|versicherungs ?(?:nummer|nr)|versichertennummer|beitragsgruppe|direktversicher',
				'rentenvers|arbeitslosenvers|pflegevers|\\brente\\b|\\bpension|altersvorsorge|\\bbav\\b|\\b401 ?k\\b|superannuation',
				'retirement (?:plan|savings|scheme)|retraite|\\bcotisation|jubilacion|cotizacion|pensioen',
				'securite sociale|\\bsecu\\b|seguridad social|sicurezza sociale|previdenz|burgerservice',
			].join('|'),
		),
	],
	[
		'family status',
		new RegExp(
			[
				'familien ?(?:st\\b|stand|status|mitglied|angehorig|situation|zulage|versicher)|\\bfam ?st(?:and|d)?\\b|(?:zivil|personen)stand\\b',
				'\\bfamily (?:status|members?|situation|allowance)|civil status|next of kin',
				'marital|\\bmarried|verheiratet|\\bledig\\b|\\bverh\\b|\\behe(?:stand|partner|gatt|frau|mann|schliess)|heirat|hochzeit|wedding|spouse',
				'verwitwet|\\bwidow|\\bveu(?:f|ve)\\b|\\bviud[oa]\\b|vedov|\\bpacse\\b|\\bsolter[oa]\\b|\\bnubile\\b|\\bconiugat',
				'lebenspartner|\\bkinder(?!garten|schutz|tages|krippe|hort)|\\bkindes|\\bkind er\\b|\\bchild(?:ren|care)?\\b|\\bkids\\b',
				'\\bdependa?[en]ts?\\b|(?<!ent|unter|aus|ab)scheidung|(?<!aus|ab)geschieden|divorc|unterhalts(?:pflicht|zahl)|sorgerecht|\\bangehoriger?\\b',
				'\\bwife\\b|\\bhusband\\b|elternzeit|parental|alleinerziehend|\\bmaiden\\b|\\bmadchenname|nom de jeune fille|patern',
				'etat civil|situation familiale|estado civil|stato civile|burgerlijke staat|\\bhij[oa]s?\\b|\\benfants?\\b|\\bfigli[oa]?\\b',
				'\\bfamilia numerosa|\\bcargas? familiar|\\bfamiliari a carico',
				'kinderen|conyuge|conjoint|coniuge|echtgeno|huwelijk|\\bmariage|matrimoni|celibataire',
			].join('|'),
		),
	],
	[
		'nationality',
		new RegExp(
			[
				'nationalit|\\bnation\\b(?! wide)|^nat$|staats ?ang|staatsburger|staatenlos|citizen|herkunft|ethni|hautfarbe|migrationshintergrund|immigra',
				'\\b(?:country|place) of origin|(?:ursprungs|heimat)land|\\bhome country|\\bpays d origine|\\bpais de origen|\\bpaese (?:di|d) origine|herkomst',
				'nacionalidad|nazionalita|cittadinanza|ciudadania|citoyen|burgerschap|\\brace\\b',
				'passport|reisepass|\\bpassnummer|personalausw|ausweis ?(?:nummer|nr)|passeport|pasaporte|passaporto|paspoort',
				'\\bidentity (?:card|document|no|number)|\\bnational id\\b|\\bcarte d identite|\\bcarta d identita|\\bdocumento (?:de|di) identi|\\bcni\\b',
				'\\bvisas?\\b|\\bvisum\\b|\\bvisado\\b|arbeits(?:erlaubnis|genehmig)|aufenthalts?(?:titel|erlaubnis|status|gen|recht)|\\baufenth\\b',
				'(?:work|residence) permit|right to work|\\bwork authori|\\b(?:blue|green) card|\\bblaue karte|\\brefugee|\\basyl|\\bfluchtling(?!shilfe)',
				'\\b(?:titre|carte) (?:de )?sejour|permiso de (?:trabajo|residencia)|permesso di soggiorno|verblijfsvergunning',
			].join('|'),
		),
	],
	[
		'union membership',
		/gewerksch|\big metall\b|\bver di\b|\b(?:trade|labou?r) union|union member|syndica(?:l|ts?\b)|sindica|sindaca|vakbond/,
	],
	[
		'political opinion',
		/parteimitglied|parteizugehor|political (?:opinion|party|affiliation|view)|opinions? politique|(?:afiliacion|opinion) politica|opinion[ei] politic/,
	],
	[
		'sexual orientation',
		/sexual (?:orientation|identity)|sexuelle|sexualitat|\blgbt|orientation sexuelle|orientacion sexual|orientamento sessuale|seksuele/,
	],
	[
		'criminal record',
		/vorstrafe|strafregister|fuhrungszeugnis|criminal|\bconvictions?\b|background check|\bdbs check|casier judiciaire|antecedentes penales|casellario/,
	],
];

/** Letters of other alphabets that look like Latin ones, and letters that no accent can be taken from. */
const LOOKALIKES = new Map(
	Object.entries({
		...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd' },
		...{ к: 'k', м: 'm', т: 't', в: 'b', н: 'h', ӏ: 'l', ԛ: 'q', ԝ: 'w' },
		...{ А: 'a', Е: 'e', О: 'o', Р: 'p', С: 'c', У: 'y', Х: 'x', І: 'i', Ј: 'j', Ѕ: 's', Һ: 'h', Ԁ: 'd' },
		...{ К: 'k', М: 'm', Т: 't', В: 'b', Н: 'h', Ԛ: 'q', Ԝ: 'w' },
		...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' },
		...{ Α: 'a', Β: 'b', Ε: 'e', Ζ: 'z', Η: 'h', Ι: 'i', Κ: 'k', Μ: 'm', Ν: 'n', Ο: 'o', Ρ: 'p', Τ: 't' },
		...{ Υ: 'y', Χ: 'x', օ: 'o', ո: 'n', ս: 'u', հ: 'h', ɑ: 'a', ɡ: 'g', ɩ: 'i', ı: 'i' },
		...{ ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴋ: 'k', ʟ: 'l', ᴍ: 'm', ɴ: 'n' },
		...{ ᴏ: 'o', ᴘ: 'p', ʀ: 'r', ᴛ: 't', ᴜ: 'u' },
		...{ ø: 'o', Ø: 'o', ł: 'l', Ł: 'l', đ: 'd', Đ: 'd', æ: 'ae', Æ: 'ae', œ: 'oe', Œ: 'oe' },
	}),
);

/** Small Latin letters without accents, `_`, `-` and the like as blanks. */
function wordsOf(text: string): string {
	return (
		text
			.normalize('NFKD')
			// Fillers of Hangul are letters that nobody sees.
			.replace(/[\p{M}\p{Cf}\u115f\u1160]/gu, '')
			.replace(/[^\p{ASCII}]/gu, (letter) => LOOKALIKES.get(letter) ?? letter)
			.toLowerCase()
			.replace(/ß/g, 'ss')
			.replace(/[^\p{L}\p{N}]+/gu, ' ')
			.trim()
	);
}

/** `fixSalary` as two words, `annualCTC` and `IBAN1` too. */
const withoutHumps = (text: string): string =>
	text
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.replace(/(\p{L})(\p{N})/gu, '$1 $2');

/** "D.O.B." and "G e h a l t" as one word. */
const withoutGaps = (words: string): string =>
	words.replace(/\b(?:\p{L} )+\p{L}\b/gu, (letters) => letters.replaceAll(' ', ''));

/** "Verguetung" as "Vergütung" is written above. */
const withoutUmlauts = (words: string): string => words.replace(/([aou])e/g, '$1');

const withoutHarmless = (words: string): string =>
	HARMLESS.reduce((rest, phrase) => rest.replace(phrase, ' '), words);

/** All ways to read a name. */
function spellingsOf(name: string): string[] {
	const words = [wordsOf(name), wordsOf(withoutHumps(name))];
	const joined = [...words, ...words.map(withoutGaps)];
	return [...new Set([...joined, ...joined.map(withoutUmlauts)])].map(withoutHarmless);
}

/**
 * The topic of an attribute that is sensitive, e.g. `pay`; `undefined` where nothing tells that it is. Key,
 * label and universal id are searched one by one, and one of them is enough.
 */
export function sensitivityOf({ key, label, universalId }: AttributeName): string | undefined {
	for (const name of [key, label, universalId]) {
		if (typeof name !== 'string') continue;
		const spellings = spellingsOf(name);
		const found = TOPICS.find(([, pattern]) => spellings.some((spelling) => pattern.test(spelling)));
		if (found) return found[0];
	}
	return undefined;
}
