// How much a field may tell, class by class.
#include "redact/field_class.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

namespace fieldnote::redact {
namespace {

using enum model::Disclosure;
using model::Disclosure;
using model::FieldClass;

constexpr Disclosure levels[] = {withheld, shape, placeholder, clear};

std::set<FieldClass> all_classes() {
  std::set<FieldClass> classes;
  for (const std::string_view word : model::Words<FieldClass>::list)
    classes.insert(*model::from_word<FieldClass>(word));
  return classes;
}

const std::set<FieldClass> secrets{
    FieldClass::password, FieldClass::one_time_code,    FieldClass::payment_card,
    FieldClass::secret,   FieldClass::special_category, FieldClass::hidden,
    FieldClass::file};
const std::set<FieldClass> chosen{FieldClass::choice, FieldClass::toggle};
const std::set<FieldClass> measured{FieldClass::birth_date, FieldClass::personal_status,
                                    FieldClass::salary,     FieldClass::postal_code,
                                    FieldClass::date,       FieldClass::number};
// Of these the tool's own may be told, if a rule says so.
const std::set<FieldClass> of_no_person{
    FieldClass::url,  FieldClass::free_text, FieldClass::search, FieldClass::text,
    FieldClass::date, FieldClass::number,    FieldClass::choice, FieldClass::toggle};

BOOST_AUTO_TEST_SUITE(field_class)

BOOST_AUTO_TEST_CASE(secrets_are_withheld_whatever_rule_and_team_say) {
  for (const FieldClass secret : secrets)
    for (const Disclosure team : levels) {
      BOOST_TEST((highest_disclosure(secret, team, nullptr) == withheld));
      for (const Disclosure rule : levels)
        BOOST_TEST((highest_disclosure(secret, team, &rule) == withheld), model::word(secret));
    }
}

BOOST_AUTO_TEST_CASE(without_a_rule_what_is_typed_is_masked_and_what_is_chosen_is_clear) {
  for (const FieldClass field_class : all_classes()) {
    const Disclosure usual = highest_disclosure(field_class, placeholder, nullptr);
    const Disclosure expected = secrets.contains(field_class)            ? withheld
                                : field_class == FieldClass::national_id ? withheld
                                : chosen.contains(field_class)           ? clear
                                : measured.contains(field_class)         ? shape
                                                                         : placeholder;
    BOOST_TEST((usual == expected), model::word(field_class));
  }
}

BOOST_AUTO_TEST_CASE(the_team_bounds_what_is_typed_and_a_team_cannot_raise) {
  for (const Disclosure team : levels) {
    BOOST_TEST(
        (highest_disclosure(FieldClass::text, team, nullptr) == std::min(team, placeholder)));
    BOOST_TEST((highest_disclosure(FieldClass::date, team, nullptr) == std::min(team, shape)));
    BOOST_TEST((highest_disclosure(FieldClass::choice, team, nullptr) == clear));
  }
}

BOOST_AUTO_TEST_CASE(a_rule_lowers_and_raises) {
  for (const Disclosure rule : levels) {
    BOOST_TEST((highest_disclosure(FieldClass::text, placeholder, &rule) == rule));
    BOOST_TEST((highest_disclosure(FieldClass::text, withheld, &rule) == rule));
  }
}

BOOST_AUTO_TEST_CASE(no_rule_makes_what_is_known_to_be_a_persons_clear) {
  for (const FieldClass field_class : all_classes()) {
    const Disclosure rule = clear;
    BOOST_TEST((highest_disclosure(field_class, placeholder, &rule) == clear) ==
                   of_no_person.contains(field_class),
               model::word(field_class));
  }
}

BOOST_AUTO_TEST_CASE(those_that_are_never_told_stand_first) {
  for (const FieldClass field_class : all_classes())
    BOOST_TEST((field_class <= FieldClass::file) == secrets.contains(field_class),
               model::word(field_class));
}

BOOST_AUTO_TEST_CASE(what_could_be_guessed_from_its_placeholder_shows_its_shape_at_most) {
  const Disclosure rule = placeholder;
  for (const FieldClass few : measured)
    BOOST_TEST((highest_disclosure(few, placeholder, &rule) == shape));
  BOOST_TEST((highest_disclosure(FieldClass::choice, placeholder, &rule) == shape));
}

BOOST_AUTO_TEST_CASE(a_toggle_has_no_shape) {
  for (const Disclosure rule : {withheld, shape, placeholder})
    BOOST_TEST((highest_disclosure(FieldClass::toggle, placeholder, &rule) == withheld));
}

BOOST_AUTO_TEST_CASE(a_class_that_can_be_masked_has_a_label) {
  for (const FieldClass field_class : all_classes())
    if (rule_of(field_class).placeholder)
      BOOST_TEST(!rule_of(field_class).label.empty(), model::word(field_class));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace fieldnote::redact
