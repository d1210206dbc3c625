#include "platform/paths.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace fieldnote::platform {

Result<fs::path> state_folder() {
  // The specification: a relative path counts as unset.
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
    return fs::path(state) / "fieldnote";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return fs::path(home) / ".local/state/fieldnote";
  return Error{boost::system::errc::make_error_code(boost::system::errc::no_such_file_or_directory),
               "neither XDG_STATE_HOME nor HOME is set, so there is no folder to hold anything in; "
               "set HOME"};
}

}  // namespace fieldnote::platform
