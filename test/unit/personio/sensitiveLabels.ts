/** Labels of custom attributes as accounts have them, by what they tell about a person. */

const labels = (text: string): string[] =>
	text
		.split(/[;\n]/)
		.map((label) => label.trim())
		.filter((label) => label !== '');

const byTopic = (topics: Record<string, string>): Array<[topic: string, label: string]> =>
	Object.entries(topics).flatMap(([topic, text]) =>
		labels(text).map((label): [string, string] => [topic, label]),
	);

export const SLIPPERY = byTopic({
	pay: `
		Jahresbonus; Zielbonus; Leistungsbonus; Boni; Jahresboni; Bonuses; Bonus 2026; Bonusberechtigt; Tantieme; Tantiemen
		Sonderzahlung; Sonderzahlungen; Sonder-Zahlung; Einmalzahlung; Jahresbrutto; Brutto jährlich; Monatsbrutto; Bruttobezug
		Jahresnetto; Bezüge; Bezuege; Grundbezüge; Eingruppierung; Höhergruppierung; Eingruppierung nach TVöD; Fixum
		Zuschläge; Schichtzuschlag; Nachtzuschlaege; Honorar; Honorarsatz; Fahrtkostenzuschuss; Sachbezug; Geldwerter Vorteil
		Weihnachts-Geld; WeihnachtsGeld; Kindergeld; Übertariflich; Haustarif; Lohnfortzahlung; Variabler Anteil; Einkünfte
		Vertriebsprovision; Mitarbeiterbeteiligung; Aktienoptionen; Aktienpaket; Virtuelle Anteile; Grundgeh.; Verg.-Gr.
		Leistungsorientierte Bezahlung; Personalkosten; Kompensation; Gage; Salär; VwL
		Annual CTC; annualCTC; Cost to company; RSU; RSUs; RSU grant; Equity; Equity grant; Phantom Shares; Phantom stock
		Virtual shares; Vesting start; Number of shares; Stock grant; LTIP; Long-term incentive; Incentive plan; ESPP
		Compa-ratio; Comp band; Total comp; Total rewards; Target payout; Merit increase; Sign-on payment; Daily rate
		Annual gross; Gross annual (EUR); Emoluments; Pay rise; P A Y; Wages
		Compenso; Compensi; RAL; R.A.L.; Lordo annuo; Mensilità; Tredicesima; TFR; Premio di risultato; Inquadramento; Onorario
		Salaire annuel brut; Brut annuel; Brut; Net mensuel; Primes; 13e mois; Intéressement; Part variable; Honoraires; Indemnité
		Bruto anual; Comisiones; Honorarios; Finiquito; Aguinaldo; Compensación; Nóminas; Remuneración; Bonificación
		Toeslag; Vakantiegeld; Onkostenvergoeding; Gehаlt; G e h a l t; G.e.h.a.l.t; Βonus; Lоhn; Ge\u034fhalt; Ｇｅｈａｌｔ; Ge\u3164halt; ɢᴇʜᴀʟᴛ; Aktien
		Mitarbeiteraktien; Shares; Paygroup
	`,
	bank: `
		Kontonr; Kontonr.; Konto-Nr.; Kto.-Nr.; Kto; KtoNr; Kontodaten; Girokonto; Referenzkonto
		Bankverb.; Bank-Verb.; Hausbank; Hausbanken; Bank; Zahlungsempfänger; EC-Karte; Bonität; Schufa; I.B.A.N.; IBAN1
		Banque; Nom de la banque; Banco; Banca; Banca d’appoggio; Numéro de compte; N° de compte; Nº de compte; Titulaire du compte
		Account no.; Account no; Account nr; Acct number; A/C no; Debit card; Sortcode; PayPal; BSB; CLABE; IFSC
		Número de cuenta; Nº de cuenta; Tarjeta de crédito; Numero di conto; N. conto; Numero di c/c; Carta di credito; Carte de crédit; ABI/CAB
	`,
	gender: `
		m/w/d; M/W/D; w/m/d; m/f/d; (m/w/d); m/w; M/F; F/M/X; H/F; mwd; Herr/Frau; Frau / Herr; Herr oder Frau; Mr/Mrs; Mr./Ms.; Mr or Ms
		Geschl.; Geschl; Briefanrede; Weibl.; Mann/Frau; Männlich/weiblich; Monsieur/Madame; M./Mme; Sr./Sra.; Sig./Sig.ra
		Homme/Femme; Hombre/Mujer; Uomo/Donna; Man/Woman; Honorific; Form of address; Pronouns (she/her); Pronoms; Pronombres
		Dhr./Mevr.; Féminin; Masculino; S e x; Genderidentität
	`,
	'birth date': `
		Geb.-Datum; Geb. Datum; GebDat; gebDat; geb_dat; Geb.; Geb; GEB; geb.; Gebdatum; Geb.-Tag; GebTag; Geb.-Ort; Geb.-Jahr
		Geb.-Name; Gebursdatum; Gebutstag; D.O.B.; d.o.b; DoB; D O B; Date of birth (dd/mm); DOB1; Born; Born on; B-day; Bday
		Fecha de nac.; Fecha nac.; F. nac.; Fec. nac.; FecNac; Lugar de nac.; Date de nais.; Date nais.; Date de naiss.; DDN; D.D.N.
		Data di nasc.; Nato il; Nata il; Luogo di nascita; Sternzeichen; Né le; Née le; Né(e) le; Altersgruppe; Age group; Tranche d’âge; Fascia d’età
	`,
	health: `
		BEM-Verfahren; BEM; BEM-Gespräch; Wiedereingliederung; Wiedereingl.; Eingliederungsmanagement; Hamburger Modell; Masernschutz; Masern
		Masernimpfung; Measles immunity; Immunstatus; Hepatitis B; Mutterschaft; Mutterschaftsurlaub; Mutter-Schutz; Entbindungstermin
		AU-Tage; AU-Bescheinigung; AU seit; A.U.-Tage; eAU-Status; Körpergewicht; Koerpergroesse; Gewicht; BMI; Body weight; Weight
		Fehltage; Fehlzeiten; Reha; Rehabilitation; Arbeitsunfall; Medikamente; Diabetes; Epilepsie; Asthma; Tauglichkeit; PKV; KVNR
		KV-Nummer; Vegetarisch; Vegan; Intolerances; Fit for work; Fit note; Organspender; Chronische Erkrankung; HIV; Burnout
		Arrêt de travail; Arrêts de travail; Accident du travail; Incapacité; Enceinte; Mutuelle; Rougeole; Poids; Fumeur
		Baja laboral; Baja médica; Baja por enfermedad; Incapacidad; Incapacidad temporal; Accidente laboral; Vacunas; Sarampión
		Infortunio; Inabilità; Idoneità alla mansione; Incinta; Vaccino
	`,
	disability: `
		SB-Ausweis; SB-Grad; Schwerbeh.; Schwerbeh; Schwerbehindertenausweis; Schwer-behindert; SchwbG; Merkzeichen; Gleichstellungsbescheid
		Hörgerät; Sehbehindert; Reasonable accommodation; Legge 104; Categorie protette; Invalido civile; Hearing aid
	`,
	religion: 'Rel.-Zugehörigkeit; Kirchenst.; Rel. Zugeh.; Konf.',
	'tax or social security': `
		StKl; StKl.; LSt-Klasse; St.-Kl.; stKl; ST_KL; Stkl.; TIN; T.I.N.; ITIN; Steuerkl.; SteuerID; IdNr; Finanzamt; Freibetrag; Freibeträge
		Soz.-Vers.-Nr.; SozVersNr; SVNR; SV-Nr; RVNR; RV-Nummer; Versicherungs-Nr.; VSNR; Beitragsgruppe; Pensionskasse; SSN1
		Direktversicherung; Insurance number; 401k; 401(k); Superannuation; PPS number; TFN; Retirement plan; PAN number; Aadhaar
		N° sécu; NIR; Cotisations; Prélèvement à la source; Taux d’imposition; IRPF; NSS; Cotización; IRPEF; Cod. fisc.; CodFisc
	`,
	'family status': `
		Civil status; Zivilstand; Personenstand; Fam.-Stand; FamStand; Familien-Stand; Familienst.; Ehestand; Verh.; Verwitwet; Widow(er); Unterhaltspflicht
		Next of kin; Mädchenname; Sorgerecht; Angehörige; Pflege Angehöriger; Nom de jeune fille; Veuf; Pacsé; Viuda; Soltero
		Familia numerosa; Hijas; Cargas familiares; Coniugato; Nubile; Familiari a carico; Kind(er); Number of kids
	`,
	nationality: `
		Country of origin; Country of citizenship; Staatsang.; Nat.; Staatsangeh.; Nation; Ursprungsland; Heimatland; Home country; Pays d’origine
		País de origen; Paese di origine; Land van herkomst; Personalausw.; Identity card; National ID; National ID number; Passnummer
		Carte d’identité; Carta d’identità; Documento de identidad; CNI; Titre séjour; Carte de séjour; Right to work; Work authorization
		Blue Card; Blaue Karte EU; Green Card; Arbeitsgenehmigung; Aufenth.-Titel; Visas; Visado; Refugee status; Asylstatus; Race
	`,
	'union membership': 'IG Metall; ver.di-Mitglied; Afiliación sindical; Tessera sindacale; Gewerksch.',
	'political opinion': 'Parteimitgliedschaft; Political affiliation; Opinion politique; Afiliación política',
	'sexual orientation': 'Orientamento sessuale; LGBTQ; Sexualität; Seksuele geaardheid',
	'criminal record': 'Background check; DBS check; Strafregister; Convictions; Vorstrafen',
});

/** What a learning platform is told of people, and what only looks like the above. */
export const ORDINARY = labels(`
	Position; Jobtitel; Job title; Stellenbezeichnung (m/w/d); Position (m/w/d); Abteilung; Department; Département; Dipartimento
	Departamento; Team; Teams; Équipe; Equipo; Squad; Tribe; Bereich; Business unit; Division; Büro; Office; Bureau; Oficina; Ufficio
	Sede; Standort; Standorte; Location; Building; Gebäude; Gebaeude; Gebäude 12; Geb. 12; Geb.-Nr.; Gebiet; Vertriebsgebiet; Gebühren
	Floor; Etage; Raum; Desk; Kostenstelle; Kostenstellen; Cost centre; Cost center; Centre de coûts; Centro de coste; Centro di costo
	Career level; Karrierestufe; Karriereband; Level; Seniority; Seniorität; Grade; Job grade; Job family; Job families; Jobfamilie
	Language; Sprache; Muttersprache; Native language; Natural language; Natural Language Processing; Langue; Idioma; Lingua
	Preferred language; Country; Land; Region; Time zone; Zeitzone; Startdatum; Eintrittsdatum; Start date; Onboarding date
	Date d’embauche; Fecha de alta; Fecha de baja; Data di assunzione; Data di nomina; Austrittsdatum; Letzter Arbeitstag
	Contract type; Vertragsart; Type de contrat; Tipo de contrato; Honorarkraft; Honorary member; Employment type; Beschäftigungsart
	Working hours; Arbeitszeit; Wochenstunden; Hours (Mon-Fri); Shift; Schicht; Schichtmodell; Gleitzeitkonto; Zeitkonto; FTE; Teilzeit
	Supervisor; Vorgesetzter; Manager; General manager; Account manager; Line manager; Mentor; Buddy; LMS role; LMS-Rolle; LTI user key
	LMS-Adoption; Training group; Schulungsgruppe; Trainingsgruppierung; Gruppierung; Lerngruppe; Learning path; Lernpfad; Cohort
	Certificate; Zertifikat; Zertifikate; Certificat; Certificado; Certificato; Skills; Kenntnisse; Phone; Telefon; Mobil; Extension
	Téléphone; Teléfono; Notebook; Equipment; Ausstattung; Building access; Badge; Ausweis-Foto; Schlüsselnummer; Parkplatz
	Bonn; Standort Bonn; Bonifatiusstraße; Bankenviertel; Bankett; Bankkaufmann; Bank holidays; Datenbank; Banca dati; Banque de données
	Banco de horas; Herrenberg; Frauenfeld; Frauenbeauftragte; Frauenförderung-Schulung; Bonusheft-Schulung; Kontaktperson; Kontakt
	Kontingent; Kontor; Accounting; Account name; Accounting group; Accountable; Accounts team; Benutzerkonto; User account; Compte utilisateur
	Compte Windows; Cuenta de usuario; Cuenta de correo; Baltic; Baltics; Central; Centrale; Zentrale; Austria; Australia; Au-pair-Programm
	Neutral; Liberal; Oral exam; RAL-Farbe; Viral; Rural; Federal state; Bundesland; Private Equity; Equity Research
	Diversity, Equity & Inclusion; Geldwäsche-Schulung; Falschgeld-Schulung; Geldautomat; Umgeldet; Payments team; Payload
	Commissioning engineer; Commissioner; Kommissionierung; Provisionierung; Provisioning status; Tarifa office; Improvisation
	Sexuelle Belästigung (Schulung); Sexual harassment training; Child protection training; Kinderschutz-Schulung; Kindergarten
	Kindertagesstätte; Flüchtlingshilfe; Eingliederungshilfe; Unterhaltsreinigung; Unterhaltung; Unterhaltungselektronik
	Zuschlagskalkulation; Bezugsperson; Praxisbezug; Bezug; Bruttogeschossfläche; Bauteil; Umwelt; Weighting; Gewichtung
	Ernährungsberater; Wettbewerb; Behördenkontakt; Begleitung; Bemühung; Bembel; Gemeinde; Weimar; Remscheid; Alternative; Alte Abteilung
	Verwalter; Altersheim Süd; Kalenderwoche; Agenda; Page; Storage; Image; Agency; Étage; Stagiaire; Engagement; Average score
	Essex; Sussex; Unisex-Shirt; Genf; Generation; Generalist; Genova; Anaconda; Stunden; Bestätigung; Estado; Stato; Status
	Martin; Tina; Latin; Meeting; Routine; Stickl; Stil; Sankt Pölten; St. Gallen; Start; Nationale Meisterschaft; National Sales
	International; Combination; Nominierung; Nomination; Destination; Donation; Coordination; Terminator; Ratio; Rational; Integral
	Horizontal; Numeral; Moral; Spiral; Choral; Bemerkung; Bemerkungen; Remarks; Notes; Notiz; Nachname; Vorname; Initialen
	Rufname; Anrufer; Titel; Title; Akademischer Titel; Name prefix; Namenszusatz; User name; Login; E-Mail; Private email; LinkedIn
	Personalnummer; Personal-ID; Personal-ID-Nr.; Konf.-Raum; Geb./Etage; Employee number; Matricule; Número de empleado; Matricola; External ID; Legacy ID; Betriebsratsmitglied
	Works council; Ersthelfer; Brandschutzhelfer; Evakuierungshelfer; Datenschutzbeauftragter; Führerschein; Staplerschein; Driving licence
	Dienstwagen; Company car; T-Shirt; Schuhgröße; Contractor; Vendor; Agency worker; Werkstudent; Praktikant; Azubi; Ausbildungsjahr
	Lehrjahr; Studiengang; Degree; University; Hochschule; Abschluss; Job code; Function; Funktion; Rolle; Role; Projekt; Project; Kunde
	Client; Markt; Market; Market shares; Nation-wide; Aktiengesellschaft; Brand; Store; Filiale; Shop number; Warehouse; Plant; Werk; Legal entity; Gesellschaft; Company
	Sub-company; Probezeit; Probation end; Notice period; Kündigungsfrist; Jubiläum; Work anniversary; Onboarding status; Offboarding
	Remote; Homeoffice; Hybrid; Work model; Notfallkontakt; Emergency contact; Wohnort; City; Postal code; PLZ; Street; State; Province
	Compliance training; Security clearance level; Pflichtschulung; Unterweisung; Arbeitssicherheit; Safety officer; Works from; Budget owner
	Bankfiliale; Programmiersprache; Prämisse; Entscheidungsbefugnis; Ausgeschieden am; Unterscheidungsmerkmal; Verbraucherschutz
	Schwarztal; Renaissance Tower; Reconnaissance; Übereinkommen; Vereinbarungen; Ferngesteuert; Programmgesteuerte Anlage; Chronicle
	How to pronounce the name; Belieferung; Churchill House; Syndicated; Citizen developer; Langue maternelle; Lengua materna; Lingua materna; Approvisionnement
	Aprovisionamiento; Nettoyage; Tarification; Commissioned on; Superimposition
`);
