#include "dataset/portion/kept_key.hpp"

#include <string>

namespace fieldnote::dataset {

KeptKey::KeptKey(std::span<const seal::X25519Identity> identities, platform::ByteView salt,
                 const seal::Digest& work) {
  platform::Bytes secrets;
  secrets.reserve(identities.size() * seal::X25519Identity::size);
  for (const seal::X25519Identity& identity : identities)
    secrets.insert(secrets.end(), identity.scalar().begin(), identity.scalar().end());
  platform::Bytes of_export(salt.begin(), salt.end());
  of_export.insert(of_export.end(), work.bytes.begin(), work.bytes.end());
  key_ = seal::hkdf_sha256(secrets, of_export, "fieldnote unfinished export");
  seal::wipe(std::span(secrets));
}

seal::Key32 KeptKey::of(std::string_view what, platform::ByteView salt) const {
  return seal::hkdf_sha256(key_.bytes(), salt, "fieldnote unfinished export: " + std::string(what));
}

}  // namespace fieldnote::dataset
