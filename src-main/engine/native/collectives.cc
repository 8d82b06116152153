// Makes the process a member of a group that adds up tensors together, before it has computed anything: the devices get other
// names with that, and tfjs-node asks for the names once.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tensorflow/c/c_api_experimental.h"
#include "tensorflow/c/eager/c_api.h"

namespace {

/** The bytes that pairs of hexadecimal digits stand for. */
std::string bytesOf(const std::string& digits) {
  std::string bytes;
  for (size_t place = 0; place + 1 < digits.size(); place += 2)
    bytes += char(std::stoi(digits.substr(place, 2), nullptr, 16));
  return bytes;
}

}  // namespace

/**
 * What tfjs-node calls in place of TFE_NewContext (a parameter of its compilation says so). VGG_SERVER_DEF is the ServerDef of
 * the group, in hexadecimal digits; without it the process is alone.
 */
extern "C" TFE_Context* VggNewContext(const TFE_ContextOptions* options, TF_Status* status) {
  TFE_Context* const context = TFE_NewContext(options, status);
  const char* const digits = getenv("VGG_SERVER_DEF");
  if (digits == nullptr || TF_GetCode(status) != TF_OK) return context;
  const std::string definition = bytesOf(digits);
  TFE_EnableCollectiveOps(context, definition.data(), definition.size(), status);
  // tfjs-node tells only that something went wrong.
  if (TF_GetCode(status) != TF_OK) fprintf(stderr, "The group of processes was not joined: %s\n", TF_Message(status));
  return context;
}
