// What a text can be found to be: the 44 entity types. Detectors (detectors/*.json) find them in
// texts, field classes stand for them whole. Not an entity: what is allowed to stay, such as a UUID
// (detectors/allowed.json).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/words.hpp"

namespace fieldnote::redact {

enum class Entity : std::uint8_t {
  password,
  one_time_code,
  pin,
  payment_card,
  card_code,
  card_expiry,
  card_track,
  iban,
  bic,
  bank_account,
  crypto_address,
  crypto_seed,
  private_key,
  certificate,
  jwt,
  provider_token,
  auth_header,
  generic_secret,
  url_credentials,
  connection_string,
  session_id,
  email,
  phone,
  person_name,
  username,
  employee_id,
  street_address,
  postal_code,
  coordinates,
  birth_date,
  personal_status,
  national_id,
  tax_id,
  passport,
  driver_licence,
  health_id,
  special_category,
  vehicle,
  ip_address,
  device_id,
  host_path,
  salary,
  free_text,
  media,
};
inline constexpr std::size_t entity_count = 44;

// What wins where two findings of equal length overlap, first to last.
enum class Priority : std::uint8_t { secret, payment, government, contact, other };

struct EntityFacts {
  std::string_view word;   // in detectors/*.json, in the ledger
  std::string_view label;  // in a placeholder, as in <EMAIL_2>
  // What of it may be told at the most. Only `placeholder` is numbered: of the others a number
  // would tell which of few values it is, or that a secret was used twice.
  model::Disclosure ceiling;
  Priority priority;
};

[[nodiscard]] const EntityFacts& facts_of(Entity entity);
[[nodiscard]] std::optional<Entity> entity_from_word(std::string_view word);

// The least score at which a finding counts: what is withheld is worth a false alarm.
[[nodiscard]] constexpr float threshold_of(model::Disclosure ceiling) {
  return ceiling == model::Disclosure::withheld ? 0.25F : 0.4F;
}

}  // namespace fieldnote::redact
