// Field classes and entities speak of the same things from two sides: what a field holds, what a
// text is.
#pragma once

#include <optional>

#include "model/words.hpp"
#include "redact/entity.hpp"

namespace fieldnote::redact {

// What a value of this class is as a whole; none where it can be anything.
[[nodiscard]] std::optional<Entity> entity_of(model::FieldClass field_class);

// The class that a field should have had in which such an entity was found.
[[nodiscard]] model::FieldClass class_of(Entity entity);

}  // namespace fieldnote::redact
