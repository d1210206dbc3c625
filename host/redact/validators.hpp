// Checks that a text of the right form is what it looks like: check digits, structure, numbering
// plans. Each sees the span that a detector found, normalised (NFKC, ASCII digits), with whatever
// separators stand in it, and is linear. A detector names its validator; an unknown name stops the
// build. One family a file in validators/.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace fieldnote::redact {

using Validator = bool (*)(std::string_view span);

// By name, sorted.
[[nodiscard]] std::span<const std::pair<std::string_view, Validator>> validators();

// nullptr where there is none of that name.
[[nodiscard]] Validator validator_named(std::string_view name);

namespace validate {

// Payment cards (card.cpp). luhn: ISO/IEC 7812-1 check digit over the digits, at least two, not all
// the same.
[[nodiscard]] bool card_expiry(std::string_view span);
[[nodiscard]] bool card_track(std::string_view span);
[[nodiscard]] bool luhn(std::string_view span);
[[nodiscard]] bool payment_card(std::string_view span);
[[nodiscard]] bool payment_card_spread(std::string_view span);

// Bank accounts (bank.cpp). iban: length, structure, ISO 7064 MOD 97-10; iban_of_any_country:
// without the country's own structure; us_routing: ABA 3-7-1.
[[nodiscard]] bool ar_cbu(std::string_view span);
[[nodiscard]] bool bic(std::string_view span);
[[nodiscard]] bool es_account(std::string_view span);
[[nodiscard]] bool fr_rib(std::string_view span);
[[nodiscard]] bool iban(std::string_view span);
[[nodiscard]] bool iban_of_any_country(std::string_view span);
[[nodiscard]] bool mx_clabe(std::string_view span);
[[nodiscard]] bool no_account(std::string_view span);
[[nodiscard]] bool us_routing(std::string_view span);

// Crypto-currencies (crypto_address.cpp): Base58Check (BIP-13), Bech32 and Bech32m (BIP-173, 350),
// EIP-55; base58check_key: WIF and BIP-32 private keys.
[[nodiscard]] bool base58check_address(std::string_view span);
[[nodiscard]] bool base58check_key(std::string_view span);
[[nodiscard]] bool bech32(std::string_view span);
[[nodiscard]] bool ethereum_address(std::string_view span);

// BIP-39 (seed_phrase.cpp).
[[nodiscard]] bool seed_phrase(std::string_view span);

// Keys and tokens (secret.cpp).
[[nodiscard]] bool base64_json(std::string_view span);
[[nodiscard]] bool basic_credentials(std::string_view span);
[[nodiscard]] bool github_crc32(std::string_view span);
[[nodiscard]] bool jwt(std::string_view span);
[[nodiscard]] bool not_a_stand_in(std::string_view span);
[[nodiscard]] bool npm_crc32(std::string_view span);
[[nodiscard]] bool password_like(std::string_view span);
[[nodiscard]] bool random_mixed_case(std::string_view span);
[[nodiscard]] bool random_secret(std::string_view span);

// Persons (person.cpp).
[[nodiscard]] bool calendar_date(std::string_view span);
[[nodiscard]] bool email(std::string_view span);
[[nodiscard]] bool name_not_title(std::string_view span);
[[nodiscard]] bool name_of_user(std::string_view span);

// Telephone (phone.cpp).
[[nodiscard]] bool phone_international(std::string_view span);
[[nodiscard]] bool phone_north_american(std::string_view span);
[[nodiscard]] bool phone_plausible(std::string_view span);

// Devices, networks, vehicles (device.cpp). vin: with the check digit of North America; vin_form:
// ISO 3779 alone.
[[nodiscard]] bool coordinates(std::string_view span);
[[nodiscard]] bool iccid(std::string_view span);
[[nodiscard]] bool imei(std::string_view span);
[[nodiscard]] bool ipv4(std::string_view span);
[[nodiscard]] bool ipv6(std::string_view span);
[[nodiscard]] bool mac_address(std::string_view span);
[[nodiscard]] bool vin(std::string_view span);
[[nodiscard]] bool vin_form(std::string_view span);

// Persons, Europe (national_id_europe.cpp).
[[nodiscard]] bool at_social_insurance(std::string_view span);
[[nodiscard]] bool be_national_number(std::string_view span);
[[nodiscard]] bool bg_egn(std::string_view span);
[[nodiscard]] bool ch_ahv(std::string_view span);
[[nodiscard]] bool cz_birth_number(std::string_view span);
[[nodiscard]] bool de_document_number(std::string_view span);
[[nodiscard]] bool de_pension_number(std::string_view span);
[[nodiscard]] bool de_tax_id(std::string_view span);
[[nodiscard]] bool dk_cpr(std::string_view span);
[[nodiscard]] bool ee_personal_code(std::string_view span);
[[nodiscard]] bool es_dni(std::string_view span);
[[nodiscard]] bool es_nie(std::string_view span);
[[nodiscard]] bool es_social_security(std::string_view span);
[[nodiscard]] bool fi_hetu(std::string_view span);
[[nodiscard]] bool fr_nir(std::string_view span);
[[nodiscard]] bool gb_nino(std::string_view span);
[[nodiscard]] bool gr_amka(std::string_view span);
[[nodiscard]] bool hr_oib(std::string_view span);
[[nodiscard]] bool hu_personal_id(std::string_view span);
[[nodiscard]] bool hu_tax_id(std::string_view span);
[[nodiscard]] bool ie_pps(std::string_view span);
[[nodiscard]] bool is_kennitala(std::string_view span);
[[nodiscard]] bool it_codice_fiscale(std::string_view span);
[[nodiscard]] bool jmbg(std::string_view span);
[[nodiscard]] bool lt_personal_code(std::string_view span);
[[nodiscard]] bool lu_national_id(std::string_view span);
[[nodiscard]] bool lv_personal_code(std::string_view span);
[[nodiscard]] bool md_idnp(std::string_view span);
[[nodiscard]] bool nl_bsn(std::string_view span);
[[nodiscard]] bool no_birth_number(std::string_view span);
[[nodiscard]] bool pl_id_card(std::string_view span);
[[nodiscard]] bool pl_pesel(std::string_view span);
[[nodiscard]] bool pt_citizen_card(std::string_view span);
[[nodiscard]] bool ro_cnp(std::string_view span);
[[nodiscard]] bool ru_snils(std::string_view span);
[[nodiscard]] bool se_personnummer(std::string_view span);
[[nodiscard]] bool tr_tckn(std::string_view span);
[[nodiscard]] bool ua_tax_number(std::string_view span);

// Persons, elsewhere (national_id_world.cpp).
[[nodiscard]] bool ae_emirates_id(std::string_view span);
[[nodiscard]] bool ar_cuit(std::string_view span);
[[nodiscard]] bool br_cpf(std::string_view span);
[[nodiscard]] bool br_pis(std::string_view span);
[[nodiscard]] bool ca_sin(std::string_view span);
[[nodiscard]] bool cl_rut(std::string_view span);
[[nodiscard]] bool cn_resident_id(std::string_view span);
[[nodiscard]] bool do_cedula(std::string_view span);
[[nodiscard]] bool ec_cedula(std::string_view span);
[[nodiscard]] bool eg_national_id(std::string_view span);
[[nodiscard]] bool hk_identity_card(std::string_view span);
[[nodiscard]] bool id_nik(std::string_view span);
[[nodiscard]] bool il_identity_number(std::string_view span);
[[nodiscard]] bool in_aadhaar(std::string_view span);
[[nodiscard]] bool in_pan(std::string_view span);
[[nodiscard]] bool ir_national_code(std::string_view span);
[[nodiscard]] bool jp_my_number(std::string_view span);
[[nodiscard]] bool kr_resident_number(std::string_view span);
[[nodiscard]] bool kr_resident_number_form(std::string_view span);
[[nodiscard]] bool kw_civil_id(std::string_view span);
[[nodiscard]] bool kz_iin(std::string_view span);
[[nodiscard]] bool lk_identity_card(std::string_view span);
[[nodiscard]] bool mx_curp(std::string_view span);
[[nodiscard]] bool my_nric(std::string_view span);
[[nodiscard]] bool pe_identity_number(std::string_view span);
[[nodiscard]] bool pk_cnic(std::string_view span);
[[nodiscard]] bool sa_national_id(std::string_view span);
[[nodiscard]] bool sg_nric(std::string_view span);
[[nodiscard]] bool th_identity_number(std::string_view span);
[[nodiscard]] bool tw_identity_number(std::string_view span);
[[nodiscard]] bool us_itin(std::string_view span);
[[nodiscard]] bool us_ssn(std::string_view span);
[[nodiscard]] bool uy_ci(std::string_view span);
[[nodiscard]] bool za_id(std::string_view span);

// Taxes (tax_id.cpp). eu_vat: with the country's prefix, all members, and GB, XI.
[[nodiscard]] bool au_abn(std::string_view span);
[[nodiscard]] bool au_tfn(std::string_view span);
[[nodiscard]] bool br_cnpj(std::string_view span);
[[nodiscard]] bool ch_uid(std::string_view span);
[[nodiscard]] bool cn_uscc(std::string_view span);
[[nodiscard]] bool co_nit(std::string_view span);
[[nodiscard]] bool es_cif(std::string_view span);
[[nodiscard]] bool eu_vat(std::string_view span);
[[nodiscard]] bool fr_siren(std::string_view span);
[[nodiscard]] bool gb_utr(std::string_view span);
[[nodiscard]] bool in_gstin(std::string_view span);
[[nodiscard]] bool it_vat_number(std::string_view span);
[[nodiscard]] bool mx_rfc(std::string_view span);
[[nodiscard]] bool no_organisation(std::string_view span);
[[nodiscard]] bool nz_ird(std::string_view span);
[[nodiscard]] bool pl_nip(std::string_view span);
[[nodiscard]] bool pl_regon(std::string_view span);
[[nodiscard]] bool pt_nif(std::string_view span);
[[nodiscard]] bool ru_inn(std::string_view span);
[[nodiscard]] bool tr_vkn(std::string_view span);
[[nodiscard]] bool us_ein(std::string_view span);

// Health (health_id.cpp).
[[nodiscard]] bool au_medicare(std::string_view span);
[[nodiscard]] bool ca_health_card(std::string_view span);
[[nodiscard]] bool de_health_insurance(std::string_view span);
[[nodiscard]] bool eu_health_card(std::string_view span);
[[nodiscard]] bool gb_chi(std::string_view span);
[[nodiscard]] bool gb_nhs(std::string_view span);
[[nodiscard]] bool hu_taj(std::string_view span);
[[nodiscard]] bool nz_nhi(std::string_view span);
[[nodiscard]] bool us_dea(std::string_view span);
[[nodiscard]] bool us_mbi(std::string_view span);
[[nodiscard]] bool us_npi(std::string_view span);

// Travel and driving (travel_document.cpp).
[[nodiscard]] bool gb_driving_licence(std::string_view span);
[[nodiscard]] bool it_driving_licence(std::string_view span);
[[nodiscard]] bool machine_readable_zone(std::string_view span);

}  // namespace validate
}  // namespace fieldnote::redact
