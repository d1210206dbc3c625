#include "redact/class_entity.hpp"

namespace fieldnote::redact {

using model::FieldClass;

std::optional<Entity> entity_of(FieldClass field_class) {
  switch (field_class) {
    case FieldClass::password:
      return Entity::password;
    case FieldClass::one_time_code:
      return Entity::one_time_code;
    case FieldClass::payment_card:
      return Entity::payment_card;
    case FieldClass::secret:
      return Entity::generic_secret;
    case FieldClass::special_category:
      return Entity::special_category;
    case FieldClass::national_id:
      return Entity::national_id;
    case FieldClass::birth_date:
      return Entity::birth_date;
    case FieldClass::personal_status:
      return Entity::personal_status;
    case FieldClass::salary:
      return Entity::salary;
    case FieldClass::postal_code:
      return Entity::postal_code;
    case FieldClass::bank_account:
      return Entity::bank_account;
    case FieldClass::email:
      return Entity::email;
    case FieldClass::phone:
      return Entity::phone;
    case FieldClass::username:
      return Entity::username;
    case FieldClass::name:
      return Entity::person_name;
    case FieldClass::address:
      return Entity::street_address;
    case FieldClass::hidden:
    case FieldClass::file:
    case FieldClass::identifier:
    case FieldClass::url:
    case FieldClass::free_text:
    case FieldClass::search:
    case FieldClass::text:
    case FieldClass::date:
    case FieldClass::number:
    case FieldClass::choice:
    case FieldClass::toggle:
      return std::nullopt;
  }
  return std::nullopt;
}

FieldClass class_of(Entity entity) {
  switch (entity) {
    case Entity::password:
    case Entity::pin:
      return FieldClass::password;
    case Entity::one_time_code:
      return FieldClass::one_time_code;
    case Entity::payment_card:
    case Entity::card_code:
    case Entity::card_expiry:
    case Entity::card_track:
      return FieldClass::payment_card;
    case Entity::iban:
    case Entity::bic:
    case Entity::bank_account:
    case Entity::crypto_address:
      return FieldClass::bank_account;
    case Entity::crypto_seed:
    case Entity::private_key:
    case Entity::certificate:
    case Entity::jwt:
    case Entity::provider_token:
    case Entity::auth_header:
    case Entity::generic_secret:
    case Entity::url_credentials:
    case Entity::connection_string:
    case Entity::session_id:
      return FieldClass::secret;
    case Entity::email:
      return FieldClass::email;
    case Entity::phone:
      return FieldClass::phone;
    case Entity::person_name:
      return FieldClass::name;
    case Entity::username:
    case Entity::host_path:
      return FieldClass::username;
    case Entity::street_address:
    case Entity::coordinates:
      return FieldClass::address;
    case Entity::postal_code:
      return FieldClass::postal_code;
    case Entity::birth_date:
      return FieldClass::birth_date;
    case Entity::personal_status:
      return FieldClass::personal_status;
    case Entity::national_id:
    case Entity::passport:
      return FieldClass::national_id;
    case Entity::health_id:
    case Entity::special_category:
      return FieldClass::special_category;
    case Entity::employee_id:
    case Entity::tax_id:
    case Entity::driver_licence:
    case Entity::vehicle:
    case Entity::ip_address:
    case Entity::device_id:
      return FieldClass::identifier;
    case Entity::salary:
      return FieldClass::salary;
    case Entity::free_text:
      return FieldClass::free_text;
    case Entity::media:
      return FieldClass::file;
  }
  return FieldClass::password;
}

}  // namespace fieldnote::redact
