#include "redact/entity.hpp"

#include <algorithm>
#include <array>

namespace fieldnote::redact {
namespace {

using enum model::Disclosure;
using enum Priority;

// In the order of Entity.
constexpr std::array<EntityFacts, entity_count> facts{{
    {"password", "PASSWORD", withheld, secret},
    {"one_time_code", "ONE_TIME_CODE", withheld, secret},
    {"pin", "PIN", withheld, secret},
    {"payment_card", "PAYMENT_CARD", withheld, payment},
    {"card_code", "CARD_CODE", withheld, payment},
    {"card_expiry", "CARD_EXPIRY", withheld, payment},
    {"card_track", "CARD_TRACK", withheld, payment},
    {"iban", "IBAN", placeholder, payment},
    {"bic", "BIC", placeholder, payment},
    {"bank_account", "BANK_ACCOUNT", placeholder, payment},
    {"crypto_address", "CRYPTO_ADDRESS", placeholder, payment},
    {"crypto_seed", "CRYPTO_SEED", withheld, secret},
    {"private_key", "PRIVATE_KEY", withheld, secret},
    {"certificate", "CERTIFICATE", shape, other},
    {"jwt", "JWT", withheld, secret},
    {"provider_token", "TOKEN", withheld, secret},
    {"auth_header", "AUTHORIZATION", withheld, secret},
    {"generic_secret", "SECRET", withheld, secret},
    {"url_credentials", "URL_CREDENTIALS", withheld, secret},
    {"connection_string", "CONNECTION_STRING", withheld, secret},
    {"session_id", "SESSION_ID", withheld, secret},
    {"email", "EMAIL", placeholder, contact},
    {"phone", "PHONE", placeholder, contact},
    {"person_name", "NAME", placeholder, contact},
    {"username", "USERNAME", placeholder, contact},
    {"employee_id", "EMPLOYEE_ID", placeholder, contact},
    {"street_address", "ADDRESS", placeholder, contact},
    {"postal_code", "POSTAL_CODE", shape, contact},
    {"coordinates", "COORDINATES", shape, contact},
    {"birth_date", "BIRTH_DATE", shape, contact},
    {"personal_status", "PERSONAL_STATUS", shape, contact},
    {"national_id", "NATIONAL_ID", withheld, government},
    {"tax_id", "TAX_ID", placeholder, government},
    {"passport", "PASSPORT", withheld, government},
    {"driver_licence", "DRIVER_LICENCE", placeholder, government},
    {"health_id", "HEALTH_ID", withheld, government},
    {"special_category", "SPECIAL_CATEGORY", withheld, government},
    {"vehicle", "VEHICLE", placeholder, other},
    {"ip_address", "IP_ADDRESS", placeholder, other},
    {"device_id", "DEVICE_ID", placeholder, other},
    {"host_path", "USER_PATH", placeholder, other},
    {"salary", "SALARY", shape, other},
    {"free_text", "TEXT", placeholder, other},
    {"media", "MEDIA", withheld, other},
}};

}  // namespace

const EntityFacts& facts_of(Entity entity) {
  return facts[static_cast<std::size_t>(entity)];
}

std::optional<Entity> entity_from_word(std::string_view word) {
  const auto at = std::find_if(facts.begin(), facts.end(),
                               [&](const EntityFacts& fact) { return fact.word == word; });
  if (at == facts.end()) return std::nullopt;
  return static_cast<Entity>(at - facts.begin());
}

}  // namespace fieldnote::redact
