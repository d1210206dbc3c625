// The browsers that Fieldnote is rolled out to on Linux, and where each looks for what an
// administrator decides. Sources: chromeenterprise.google/policies, Edge's policy reference,
// firefox-source-docs (native manifests), the packages of Debian.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace fieldnote::policy {

// The native messaging host, as browsers know it.
inline constexpr std::string_view host_name = "org.fieldnote.host";

struct Browser {
  std::string_view name;   // as on the command line
  std::string_view title;  // as people say it
  bool is_firefox;
  // Chromium's kin read every file of a folder; Firefox reads one file.
  std::string_view policy_file;
  // Native messaging manifests: of the machine; of a user, below the home folder.
  std::string_view native_folder;
  std::string_view user_native_folder;
};

inline constexpr std::array browsers{
    Browser{"chrome", "Google Chrome", false, "/etc/opt/chrome/policies/managed/fieldnote.json",
            "/etc/opt/chrome/native-messaging-hosts", ".config/google-chrome/NativeMessagingHosts"},
    Browser{"chromium", "Chromium", false, "/etc/chromium/policies/managed/fieldnote.json",
            "/etc/chromium/native-messaging-hosts", ".config/chromium/NativeMessagingHosts"},
    Browser{"edge", "Microsoft Edge", false, "/etc/opt/edge/policies/managed/fieldnote.json",
            "/etc/opt/edge/native-messaging-hosts", ".config/microsoft-edge/NativeMessagingHosts"},
    Browser{"firefox", "Firefox", true, "/etc/firefox/policies/policies.json",
            "/usr/lib/mozilla/native-messaging-hosts", ".mozilla/native-messaging-hosts"},
};

[[nodiscard]] inline const Browser* browser_named(std::string_view name) {
  for (const Browser& browser : browsers)
    if (browser.name == name) return &browser;
  return nullptr;
}

}  // namespace fieldnote::policy
