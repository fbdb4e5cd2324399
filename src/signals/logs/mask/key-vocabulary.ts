/** The words that keys of secrets and personal data are made of. How they compose is in `sensitive-keys.ts`. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Words after the head that leave it what it is. */
export const TAILS = words(
  `value val confirm confirmation confirmed check again repeat repeated retype verify new old current raw plain plaintext text string str header param field b64 base64 pem der encoded enc hex
  base prod production dev staging stg test live sandbox primary secondary default main backup previous next input hash hashed digest encrypted data 1 2 3 0 v1 v2
  ascii utf8 literal content contents override temp temporary tmp initial original generated`,
);
export const HASH_TAILS = words('hash hashed digest encrypted');
/** What follows them says whose the secret is: `password_for_replica`. */
export const PREPOSITIONS = words('for of to from by with in on at per');

/** "Password" in the languages of Europe and South-East Asia without their accents, and its abbreviations. */
export const PASSWORD_WORDS = words(
  `password passwd passphrase pwd pass pw psw pswd pword passw passe psk storepass keypass requirepass masterauth masterpass passphr
  passwort kennwort senha contrasena contrasenya clave motdepasse mdp parol parola haslo heslo geslo lozinka jelszo salasana losenord adgangskode wachtwoord sifre sandi katasandi matkhau passord parole parool zaporka slaptazodis lykilord pasahitza пароль парола`,
);
export const PASSWORD_END =
  /(?:password|passwd|passphrase|passwort|pwd|storepass|keypass|requirepass|masterauth|(?:db|my|user|root|admin|login|smtp|mail|sudo|become|ssh|ftp|ldap|bind|cert|pfx|jks|rabbit|redis|mysql|pg|sql|svc|proxy|wifi)pass|(?:bind|root|db|user|admin|login|ssl|smtp|mail|ftp|ldap)pw)$/;
export const SECRET_END = /secrets?$/;
export const TOKEN_END = /(?:tokens?|jwt)$/;
export const COMPACT_KEY =
  /(?:api|enc|access|write|secret|private|auth|app|master|encryption|signing|subscription|account|license|licence|consumer|shared|storage|service|admin|client|crypto|cipher|hmac|webhook|deploy|merchant|rest|ingest|instrumentation|integration|session|signature|sas|root|server|recovery|unseal|aes|rsa|jwt|partner|tsig|preshared|symmetric|activation|product|cd|nwks|apps|nwk|local|network|link)key$/;
export const SESSION_END = /(?:sessionid|sessid|jsessionid|phpsessid|sessiontoken|aspsessionid[a-z]*)$/;

/** What makes a `key` a secret one. */
export const SECRET_KEY_QUALIFIERS = words(
  `api access secret private encryption encrypt decryption signing sign signature auth authorization app application master account license licence subscription consumer shared storage service admin client crypto
  cipher aes hmac des rsa webhook deploy ssh server integration write rest developer merchant mac jwt token root project ingest ingestion insert ci bot gateway apigw maps unseal recovery
  activation product cd instrumentation telemetry partner login password passwd tls ssl tsig rndc session backup enrollment installation mfa totp otp bearer
  nonce logged ntp fernet sas preshared wpa vpn functions function kms data derivation vault wallet seed symmetric apm rum certificate cert cookie wrapping wrap derived stream rtmp obfuscation validation channel cak ck`,
);
/** What makes a key or token a public or technical one. */
export const HARMLESS_QUALIFIERS = words(
  `public pub page continuation cursor sync cancellation cancelation cancel fencing resume partition sort primary foreign cache routing idempotency object bucket message row group lookup dedup dedupe sharding shard hash index
  count max min total prompt completion input output num stop pad start end special publishable`,
);

export const PHONE_WORDS = words(
  `phone mobile tel telephone cell cellphone msisdn fax handphone phonenumber mobilenumber mobileno phoneno telno celular handy whatsapp landline callerid homephone workphone mobilephone cellphonenumber phonenum mobilenum
  telephonenumber telefon telefono telefone tlf movil contactno contactnumber fromnumber tonumber callernumber calleenumber phones mobiles`,
);
/** `from_number` and the like: telephone numbers of calls and short messages. */
export const PHONE_PAIRS = words('contact_number from_number to_number caller_number callee_number caller_id dialed_number whatsapp_number sender_number recipient_number home_number cell_number');

/** Numbers of identity documents, taxpayers and the insured, by the names their issuers use. */
export const IDENTITY_WORDS = words(
  `ssn rrn sin nino aadhaar aadhar cpf cnpj curp nif dni nie bsn pesel tin itin ein taxid nationalid residentnumber residentno juminno jumin nric hkid idcard idnumber citizenid personnummer driverlicense driverslicense driverlicence
  licenseplate nhs nhsnumber mrn imei imsi iccid passport passportno passportnumber insee nir codicefiscale fiscalcode steuerid steuernummer svnr ahv tfn medicare mynumber voterid panno pannumber kennitala fodselsnummer cnp rut
  cedula egn jmbg oib ppsn vin vatnumber vatin nationalidnumber residentid drivinglicense drivinglicence platenumber numberplate idcardnumber idcardno personalid personalnumber sozialversicherungsnummer siren licenceplate plate`,
);
/** Short ones mean other things too: their numbers must be as long as such a number is. */
export const SHORT_IDENTITY_CHARS = 8;
export const IDENTITY_PAIRS = words(
  `social_security national_id national_insurance resident_registration resident_number resident_no tax_id id_card citizen_id identity_number identity_no driver_license drivers_license driving_licence driving_license driver_licence
  license_plate medical_record nhs_number health_number alien_registration insurance_number foreigner_registration codice_fiscale fiscal_code steuer_id vat_number my_number voter_id pan_number pan_card national_no personal_number
  personal_id number_plate plate_number vehicle_identification alien_number medicare_number health_card health_insurance medicaid_id tax_number numero_secu numero_ss securite_sociale seguridad_social policy_number policy_no insurance_policy vat_id health_id passport_id taxpayer_id taxpayer_identification foreigner_no alien_no resident_id visa_number`,
);
export const OTP_PAIRS = words(
  `verification_code verify_code auth_code sms_code onetime_code time_code security_code login_code mfa_code 2fa_code fa_code otp_code pin_code authentication_code access_code authorization_code recovery_code backup_code reset_code
  activation_code confirm_code confirmation_code email_code phone_code signin_code passcode_code invite_code twofactor_code factor_code one_time user_code device_code scratch_code rescue_code emergency_code unlock_code pairing_code
  setup_code authenticator_code your_code enrollment_code gift_code magic_code signup_code puk_code door_code gate_code alarm_code totp_code entry_code safe_code lock_code locker_code keypad_code vault_code lockbox_code`,
);
export const OTP_WORDS = words('otp totp hotp sicherheitscode bestatigungscode verifizierungscode tan mtan smstan pushtan passcode passcodes onetimecode otpcode pincode verificationcode authcode mfacode smscode backupcode backupcodes recoverycode recoverycodes securitycode onetimepassword');

/** Names and addresses count only under a key that says they are a person's. */
export const NAME_PAIRS = words(
  `first_name last_name full_name given_name family_name middle_name maiden_name sur_name legal_name customer_name recipient_name cardholder_name holder_name patient_name beneficiary_name payer_name payee_name contact_name
  depositor_name member_name passenger_name guest_name applicant_name employee_name student_name subscriber_name insured_name account_holder`,
);
export const NAME_WORDS = words('firstname lastname fullname givenname familyname surname maidenname nachname vorname familienname apellido apellidos cognome sobrenome prenom achternaam voornaam nazwisko imie cardholder customername recipientname holdername cardholdername');
export const ADDRESS_PAIRS = words(
  'street_address home_address shipping_address billing_address delivery_address postal_address mailing_address residential_address road_address customer_address residence_address street_line street_name address_line street_1 street_2',
);
export const ADDRESS_WORDS = words('streetaddress homeaddress shippingaddress billingaddress deliveryaddress postaladdress mailingaddress addressline addressline1 addressline2 address1 address2');
