// Each validator on a number that is published as a sample or invented, and on one that is almost
// it.
#include "redact/validators.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>
#include <string>

namespace fieldnote::redact {
namespace {

struct Case {
  std::string_view validator, holds, fails;
};

constexpr auto cases = std::to_array<Case>({
    // clang-format off
    {"ae_emirates_id", "784-1979-1234567-1", "784-1979-1234567-2"},
    {"ar_cbu", "2850590940090418135201", "2850590940090418135202"},
    {"ar_cuit", "20-05536168-2", "20-05536168-3"},
    {"at_social_insurance", "1237 010180", "1238 010180"},
    {"au_abn", "83 914 571 673", "83 914 571 674"},
    {"au_medicare", "2123456701", "2123456711"},
    {"au_tfn", "123 456 782", "123 456 783"},
    {"base58check_address", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"},
    {"base58check_key", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK"},
    {"base58check_key", "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi", "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPIi"},
    {"base64_json", "glc_eyJvIjoiMSIsIm4iOiJ4In0=", "glc_eyJub3QganNvbg=="},
    {"basic_credentials", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Basic bm9jb2xvbg=="},
    {"be_national_number", "85.07.30-033.28", "85.07.30-033.29"},
    {"be_national_number", "17 07 30 033 84", "17 07 30 033 85"},
    {"bech32", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"},
    {"bech32", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj1"},
    {"bg_egn", "7523169263", "7523169264"},
    {"bic", "DEUTDEFF", "DEUTQQFF"},
    {"bic", "DEUTDEFF500", "DEUTDFFF500"},
    {"br_cnpj", "16.727.230/0001-97", "16.727.230/0001-98"},
    {"br_cnpj", "12.ABC.345/01DE-35", "12.ABC.345/01DE-36"},
    {"br_cpf", "390.533.447-05", "390.533.447-06"},
    {"br_pis", "120.64362.09-8", "120.64362.09-9"},
    {"ca_health_card", "6453 017 854 VC", "6453 017 855 VC"},
    {"ca_sin", "130 692 544", "130 692 545"},
    {"calendar_date", "29.02.2000", "1998-02-30"},
    {"calendar_date", "1998-09-10", "1998-00-10"},
    {"calendar_date", "3/27/1969", "3/27/1069"},
    {"calendar_date", "19810314", "19811314"},
    {"card_expiry", "08/27", "13/27"},
    {"card_track", "%B4111111111111111^DOE/JANE^26121011000?", "%B4111111111111112^DOE/JANE^26121011000?"},
    {"card_track", ";4111111111111111=26121011000?", ";4111111111111112=26121011000?"},
    {"ch_ahv", "756.9217.0769.85", "756.9217.0769.86"},
    {"ch_uid", "CHE-100.155.212", "CHE-100.155.213"},
    {"cl_rut", "12.531.909-2", "12.531.909-3"},
    {"cn_resident_id", "11010519491231002X", "11010519491231002Y"},
    {"cn_uscc", "91110000600037341L", "91110000600037341M"},
    {"co_nit", "213.123.432-1", "213.123.432-2"},
    {"coordinates", "48.8584, 2.2945", "91.8584, 2.2945"},
    {"cz_birth_number", "710319/2745", "710319/2746"},
    {"de_document_number", "T22000129 3", "T22000129 4"},
    {"de_health_insurance", "A123456780", "A123456781"},
    {"de_pension_number", "15 070649 C 103", "15 070649 C 104"},
    {"de_tax_id", "36 574 261 809", "36 574 261 800"},
    {"dk_cpr", "211062-5629", "311362-5629"},
    {"do_cedula", "00113918205", "00113918206"},
    {"ec_cedula", "171430710-3", "171430710-4"},
    {"ee_personal_code", "36805280109", "36805280100"},
    {"eg_national_id", "29001011234567", "29013011234567"},
    {"email", "jörg.müller@bücher.example", "a..b@example.com"},
    {"email", "\"john..doe\"@example.org", ""},
    {"email", "first.last+tag@sub.example.co.uk", ""},
    {"es_account", "2100 0418 45 0200051332", "2100 0418 45 0200051333"},
    {"es_cif", "J99216582", "J99216583"},
    {"es_dni", "54362315-K", "54362315-L"},
    {"es_nie", "x-2482300w", "x-2482301w"},
    {"es_nie", "K1234567L", "K1234567M"},
    {"es_social_security", "281234567840", "281234567841"},
    {"ethereum_address", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"},
    {"ethereum_address", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "1x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
    {"eu_health_card", "80276001040000000012", "81276001040000000012"},
    {"eu_vat", "DE136695976", "DE136695977"},
    {"eu_vat", "ATU13585627", "ATU13585628"},
    {"eu_vat", "FR40303265045", "FR40303265046"},
    {"eu_vat", "NL004495445B01", "NL004495445C01"},
    {"eu_vat", "ESB58378431", "ESB58378432"},
    {"eu_vat", "IE6433435F", "IE6433435G"},
    {"eu_vat", "PL8567346215", "PL8567346216"},
    {"fi_hetu", "131052-308T", "131052-308U"},
    {"fr_nir", "2 95 10 99 126 111 93", "2 95 10 99 126 111 94"},
    {"fr_rib", "20041 01005 0500013M026 06", "20041 01005 0500013M026 07"},
    {"fr_siren", "552 008 443", "552 008 444"},
    {"fr_siren", "73282932000074", "73282932000075"},
    {"gb_chi", "0101701233", "0101701234"},
    {"gb_driving_licence", "MORGA657054SM9IJ", "MORGA699054SM9IJ"},
    {"gb_nhs", "943 476 5919", "943 476 5910"},
    {"gb_nino", "AB123456C", "BG123456C"},
    {"gb_utr", "1955839661", "1955839662"},
    {"github_crc32", "ghp" "_FieldnoteInventedThisToken0042474sWX", "ghp" "_FieldnoteInventedThisToken0042474sWY"},
    {"gr_amka", "01013099997", "01013099998"},
    {"hk_identity_card", "A123456(3)", "A123456(4)"},
    {"hr_oib", "33392005961", "33392005962"},
    {"hu_personal_id", "17002052420", "17002052421"},
    {"hu_taj", "111111110", "111111111"},
    {"hu_tax_id", "8071592153", "8071592154"},
    {"iban", "GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 33"},
    {"iban", "DE89370400440532013000", "DE89370400440532013001"},
    {"iban", "NO93 8601 1117 947", "NO93 8601 1117 948"},
    {"iban", "MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001T"},
    {"iban_of_any_country", "GB82WEST12345698765432", "GB82WEST12345698765433"},
    {"iccid", "8944110068256270054", "8944110068256270055"},
    {"id_nik", "3171011708450001", "3171013208450001"},
    {"ie_pps", "6433435F", "6433435G"},
    {"ie_pps", "6433435OA", "6433435OB"},
    {"il_identity_number", "3933742-3", "3933742-4"},
    {"imei", "49-015420-323751-8", "49-015420-323751-7"},
    {"in_aadhaar", "234123412346", "234123412347"},
    {"in_gstin", "27AAPFU0939F1ZV", "27AAPFU0939F1ZW"},
    {"in_pan", "ACUPA7085R", "ACUXA7085R"},
    {"ipv4", "192.0.2.17", "192.0.2.256"},
    {"ipv6", "2001:db8::8a2e:370:7334", "2001:db8::8a2e::7334"},
    {"ir_national_code", "0499370899", "0499370890"},
    {"is_kennitala", "450401-3150", "450401-3151"},
    {"is_kennitala", "120174-3399", "120174-3309"},
    {"it_codice_fiscale", "RCCMNL83S18D969H", "RCCMNL83S18D969I"},
    {"it_driving_licence", "MI1234567A", "MI123456AA"},
    {"it_vat_number", "00743110157", "00743110158"},
    {"jmbg", "0101006500006", "0101006500007"},
    {"jp_my_number", "123456789018", "123456789019"},
    {"jwt", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U", "eyJmb28iOjF9.eyJzdWIiOiIxIn0.c2ln"},
    {"kr_resident_number", "860101-1234563", "860101-1234564"},
    {"kr_resident_number_form", "201013-3019902", "201313-3019902"},
    {"kw_civil_id", "285032401599", "285032401590"},
    {"kz_iin", "850101300015", "850101300016"},
    {"lk_identity_card", "853400937V", "859400937V"},
    {"lk_identity_card", "198534000937", "198544000937"},
    {"lt_personal_code", "33309240064", "33309240065"},
    {"lu_national_id", "1893120105732", "1893120105733"},
    {"luhn", "79927398713", "79927398710"},
    {"lv_personal_code", "161175-19997", "161175-19998"},
    {"mac_address", "00-1B-44-11-3A-B7", "00-1B-44-11-3A-BG"},
    {"machine_readable_zone", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C37UTO7408122F1204159ZE184226B<<<<<10"},
    {"machine_readable_zone", "I<UTOD231458907<<<<<<<<<<<<<<< 7408122F1204159UTO<<<<<<<<<<<6 ERIKSSON<<ANNA<MARIA<<<<<<<<<<", "I<UTOD231458907<<<<<<<<<<<<<<< 7408122F1204150UTO<<<<<<<<<<<6 ERIKSSON<<ANNA<MARIA<<<<<<<<<<"},
    {"md_idnp", "2005024001235", "2005024001236"},
    {"mx_clabe", "032180000118359719", "032180000118359710"},
    {"mx_curp", "BOXW310820HNERXN09", "BOXW310820HNERXN08"},
    {"mx_rfc", "GODE561231GR8", "GODE561331GR8"},
    {"my_nric", "770305-02-1234", "771305-02-1234"},
    {"name_not_title", "Gulgowski", "Dr"},
    {"name_of_user", "mira", "Public"},
    {"nl_bsn", "1112.22.333", "1112.22.334"},
    {"no_account", "8601 11 17947", "8601 11 17948"},
    {"no_birth_number", "151086 95088", "151086 95089"},
    {"no_organisation", "988 077 917", "988 077 918"},
    {"not_a_stand_in", "hunter2!", "<YOUR_TOKEN>"},
    {"npm" "_crc32", "npm" "_FieldnoteInventedThisToken00432mDwvH", "npm" "_FieldnoteInventedThisToken00432mDwvI"},
    {"nz_ird", "49-098-576", "49-098-577"},
    {"nz_nhi", "ZZZ0016", "ZZZ0017"},
    {"nz_nhi", "ZZZ00AX", "ZZZ00AY"},
    {"password_like", "hunter2!", "required."},
    {"password_like", "Krokodil-Zahn", ""},
    {"payment_card", "4111 1111 1111 1111", "4111 1111 1111 1112"},
    {"payment_card_spread", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 2"},
    {"payment_card_spread", "3782 / 822463 / 10005", "3782 / 822463 10005"},
    {"payment_card_spread", "4111  1111  1111  1111", "41111 111  1111  1111"},
    {"payment_card", "3782-822463-10005", "3782-822463-10006"},
    {"payment_card", "6011111111111117", "6011111111111118"},
    {"payment_card", "3056 930902 5904", "3056 930902 5905"},
    {"payment_card", "3530111333300000", "3530111333300001"},
    {"payment_card", "2223003122003222", "2223003122003223"},
    {"payment_card", "6304 9850 2809 0561 515", "6304 9850 2809 0561 516"},
    {"pe_identity_number", "10117410-2", "10117410-3"},
    {"phone_international", "+44 (0)20 7946 0958", "+1 123 456 7890"},
    {"phone_international", "0049 30 901820", "0040 30 901820"},
    {"phone_international", "+1 202-555-0143", "+2 202-555-0143"},
    {"phone_north_american", "(202) 555-0143", "(123) 555-0143"},
    {"phone_plausible", "+46 38 452354", "38 452354"},
    {"pk_cnic", "42201-0397640-8", "82201-0397640-8"},
    {"pl_id_card", "ABS123456", "ABS123457"},
    {"pl_nip", "8567346215", "8567346216"},
    {"pl_pesel", "44051401359", "44051401350"},
    {"pl_regon", "192598184", "192598185"},
    {"pt_citizen_card", "00000000 0 ZZ4", "00000000 0 ZZ5"},
    {"pt_nif", "501964843", "501964844"},
    {"random_mixed_case", "9e3dNwMefZYe", "9e3dnwmefzye"},
    {"random_secret", "9e3dNwMefZYe", "cf78c72d5d1eafd97988a584a7d92276ecea4a91"},
    {"ro_cnp", "1630615123457", "1630615123458"},
    {"ru_inn", "7707083893", "7707083894"},
    {"ru_inn", "500100732259", "500100732250"},
    {"ru_snils", "112-233-445 95", "112-233-445 96"},
    {"sa_national_id", "1091234565", "1091234566"},
    {"se_personnummer", "880320-0016", "880320-0017"},
    {"seed_phrase", "legal winner thank year wave sausage worth useful legal winner thank yellow", "legal winner thank year wave sausage worth useful legal winner thank year"},
    {"seed_phrase", "my words are abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about thanks", ""},
    {"sg_nric", "S1234567D", "S1234567E"},
    {"th_identity_number", "1 1006 00445 63 9", "1 1006 00445 63 0"},
    {"tr_tckn", "17291716060", "17291716061"},
    {"tr_vkn", "4540536920", "4540536921"},
    {"tw_identity_number", "A123456789", "A123456780"},
    {"ua_tax_number", "1759013776", "1759013777"},
    {"us_dea", "AB1234563", "AB1234564"},
    {"us_ein", "91-1144442", "07-1144442"},
    {"us_itin", "912-90-3456", "912-40-3456"},
    {"us_mbi", "1EG4-TE5-MK73", "1SG4-TE5-MK73"},
    {"us_npi", "1234567893", "1234567894"},
    {"us_routing", "021000021", "021000022"},
    {"us_ssn", "536-90-4399", "666-90-4399"},
    {"uy_ci", "1.234.567-2", "1.234.567-3"},
    {"vin", "1M8GDM9AXKP042788", "1M8GDM9AXKP042789"},
    {"vin_form", "WVWZZZ1JZ3W386752", "WVWZZZ1JZ3WABCDE1"},
    {"za_id", "8001015009087", "8001015009088"},
    // clang-format on
});

BOOST_AUTO_TEST_SUITE(validators_suite)

BOOST_AUTO_TEST_CASE(what_holds_holds_and_what_is_almost_it_fails) {
  for (const Case& one : cases) {
    const Validator validator = validator_named(one.validator);
    BOOST_TEST_REQUIRE(validator != nullptr, one.validator);
    BOOST_TEST(validator(one.holds), std::string(one.validator) + " of " + std::string(one.holds));
    BOOST_TEST(!validator(one.fails), std::string(one.validator) + " of " + std::string(one.fails));
  }
}

BOOST_AUTO_TEST_CASE(none_is_left_out) {
  std::set<std::string_view> tested;
  for (const Case& one : cases) tested.insert(one.validator);
  for (const auto& [name, validator] : validators()) BOOST_TEST(tested.contains(name), name);
}

// What a page may hold: nothing, one character, other scripts, bytes that are no UTF-8, a lot.
BOOST_AUTO_TEST_CASE(anything_may_come) {
  const std::string much(1 << 20, '1'), letters(1 << 20, 'A'), high(300, '\xFF');
  std::string dots;
  for (int i = 0; i < 100000; ++i) dots += "a.";
  for (const auto& [name, validator] : validators()) {
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string_view text :
         {std::string_view(), std::string_view("1"), std::string_view("@"), std::string_view("."),
          std::string_view("eyJ"), std::string_view("0x"), std::string_view("_"),
          std::string_view("\0\0", 2), std::string_view("Ünï"), std::string_view(much),
          std::string_view(letters), std::string_view(high), std::string_view(dots)})
      (void)validator(text);
    // A megabyte or two in far less; a square would take hours.
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
