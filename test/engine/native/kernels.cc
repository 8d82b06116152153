// The kernels against sums in float64, over many shapes; meant to be compiled with AddressSanitizer and
// UndefinedBehaviorSanitizer.
//
//     kernels ROUNDS    ends with 1 and names the shape where one differs
//
// -DVGG_KERNELS=avx2Kernels says which kernels these are.
#include "reference.h"

namespace vgg {
extern const Kernels VGG_KERNELS;
const Kernels* kernels() { return &VGG_KERNELS; }
}  // namespace vgg

namespace {

/** Of the greatest value: what the workbench has always asked of Winograd's algorithm. */
constexpr double bound = 5e-6;

/**
 * The same where products take bfloat16, of 8 binary digits: half of the last one is 2e-3, and the algorithm's transforms, which
 * cost floats a factor of 10 to 30 as well, make of that 2e-2.
 */
constexpr double roundedBound = 4e-2;

struct Worst {
  double output = 0, byMaps = 0, byFilter = 0, byBias = 0;
};

bool failed = false;

/** Of all results, in order: to compare two builds of the same kernels. */
uint32_t checksum = 0;

void addToChecksum(const Values& values) {
  for (size_t i = 0; i < values.size(); i++) {
    uint32_t bits;
    memcpy(&bits, values.data() + i, sizeof bits);
    checksum = checksum * 31 + bits;
  }
}

void compare(const char* what, const vgg::Conv& l, double found, double* worst) {
  *worst = std::max(*worst, found);
  if (found <= (l.bfloat16 ? roundedBound : bound)) return;
  failed = true;
  printf("%s differs by %.1e: %d images of %dx%d, %d to %d channels%s%s%s%s\n", what, found, l.images, l.height, l.width,
         l.inputs, l.outputs, l.pool ? ", pool" : "", l.relu ? ", ReLU" : "", l.bias ? ", bias" : "",
         l.bfloat16 ? ", bfloat16" : "");
}

/** Forward and both gradients of one layer, twice: the second time has to give the same bytes. */
void checkConvolution(vgg::ConvGradient layer, bool bias, Random& random, Worst* worst) {
  const float scale = 1 / std::sqrt(9.f * layer.inputs);
  const Values maps(size_t(layer.images) * layer.height * layer.width * layer.inputs, random, 1);
  const Values filter(size_t(9) * layer.inputs * layer.outputs, random, scale), biases(layer.outputs, random, 0.1f);
  const Values byOutput(layer.outputCount(), random, 1);
  layer.maps = maps.data();
  layer.filter = filter.data();
  layer.bias = bias ? biases.data() : nullptr;
  layer.byOutput = byOutput.data();
  Reference reference(layer);
  std::unique_ptr<Values> first[4];
  for (int time = 0; time < 2; time++) {
    Values output(layer.outputCount()), byMaps(maps.size()), byFilter(filter.size()), byBias(layer.outputs);
    std::vector<uint8_t> places(layer.outputCount());
    layer.output = output.data();
    layer.places = places.data();
    layer.byMaps = byMaps.data();
    layer.byFilter = byFilter.data();
    layer.byBias = byBias.data();
    vgg::kernels()->convolve(layer);
    vgg::kernels()->convolveGradientByMaps(layer);
    vgg::kernels()->convolveGradientByFilter(layer);
    Values* const found[] = {&output, &byMaps, &byFilter, &byBias};
    for (int i = 0; i < 4; i++) {
      if (time == 0) {
        addToChecksum(*found[i]);
        first[i].reset(new Values(std::move(*found[i])));
      } else if (!first[i]->sameBytes(*found[i])) {
        failed = true;
        printf("The second time gives other bytes.\n");
      }
    }
    if (time > 0) continue;
    reference.differentiate(places.data(), first[0]->data());
    compare("the output", layer, difference(*first[0], reference.output), &worst->output);
    compare("the gradient by the maps", layer, difference(*first[1], reference.byMaps), &worst->byMaps);
    compare("the gradient by the filter", layer, difference(*first[2], reference.byFilter), &worst->byFilter);
    compare("the gradient by the bias", layer, difference(*first[3], reference.byBias), &worst->byBias);
  }
}

/** A fully-connected layer forward and backward; and that a row alone gets the same bytes as among others. */
void checkConnected(int rows, int inputs, int outputs, bool relu, Random& random, double* worst) {
  const Values input(size_t(rows) * inputs, random, 1), weight(size_t(inputs) * outputs, random, 1 / std::sqrt(float(inputs)));
  const Values bias(outputs, random, 0.1f), byOutput(size_t(rows) * outputs, random, 1);
  Values output(byOutput.size()), byInput(input.size()), byWeight(weight.size()), byBias(outputs);
  vgg::ConnectedGradient layer{};
  layer.rows = rows;
  layer.inputs = inputs;
  layer.outputs = outputs;
  layer.relu = relu;
  layer.input = input.data();
  layer.weight = weight.data();
  layer.bias = bias.data();
  layer.output = output.data();
  layer.byOutput = byOutput.data();
  layer.byInput = byInput.data();
  layer.byWeight = byWeight.data();
  layer.byBias = byBias.data();
  vgg::kernels()->connect(layer);
  vgg::kernels()->connectGradientByInput(layer);
  layer.inputCount = inputs;
  vgg::kernels()->connectGradientByWeight(layer);
  Doubles sums(output.size()), inputSums(input.size()), weightSums(weight.size()), biasSums(outputs);
  for (int row = 0; row < rows; row++)
    for (int k = 0; k < outputs; k++) {
      const size_t at = size_t(row) * outputs + k;
      const double gradient = !relu || output[at] > 0 ? byOutput[at] : 0;
      biasSums[k] += gradient;
      sums[at] = bias[k];
      for (int i = 0; i < inputs; i++) {
        sums[at] += double(input[size_t(row) * inputs + i]) * weight[size_t(i) * outputs + k];
        inputSums[size_t(row) * inputs + i] += gradient * weight[size_t(i) * outputs + k];
        weightSums[size_t(i) * outputs + k] += gradient * input[size_t(row) * inputs + i];
      }
      if (relu) sums[at] = std::max(0., sums[at]);
    }
  const double found[] = {difference(output, sums), difference(byInput, inputSums), difference(byWeight, weightSums),
                          difference(byBias, biasSums)};
  // In parts, as a great layer gives it, the gradient by the weights is the same to the last bit.
  Values byPart(weight.size());
  layer.byBias = nullptr;
  for (int next = 0; layer.firstInput < inputs; layer.firstInput = next) {
    next = std::min(inputs, layer.firstInput + random.within(1, inputs));
    layer.inputCount = next - layer.firstInput;
    layer.byWeight = byPart.data() + size_t(layer.firstInput) * outputs;
    vgg::kernels()->connectGradientByWeight(layer);
  }
  Values lastOutput(outputs), lastInput(inputs);
  layer.rows = 1;
  layer.input += size_t(rows - 1) * inputs;
  layer.byOutput += size_t(rows - 1) * outputs;
  layer.output = lastOutput.data();
  layer.byInput = lastInput.data();
  vgg::kernels()->connect(layer);
  vgg::kernels()->connectGradientByInput(layer);
  const bool isSame = byPart.sameBytes(byWeight) &&
                      memcmp(lastOutput.data(), output.data() + size_t(rows - 1) * outputs, outputs * sizeof(float)) == 0 &&
                      memcmp(lastInput.data(), byInput.data() + size_t(rows - 1) * inputs, inputs * sizeof(float)) == 0;
  for (const double one : found) {
    *worst = std::max(*worst, one);
    if (one <= bound && isSame) continue;
    failed = true;
    printf("A fully-connected layer of %d rows, %d to %d, differs by %.1e, or alone, or in parts\n", rows, inputs, outputs, one);
  }
}

/** Updates, dropout and pixels, element by element, at sizes with a rest and with shares for all threads. */
void checkElements(int count, Random& random, double* worst) {
  const Values gradient(count, random, 1);
  Values weight(count, random, 1), velocity(count, random, 1), dropped(count), images(size_t(3) * count);
  Doubles weights(count), velocities(count), sums(count), pixels(images.size());
  for (int i = 0; i < count; i++) {
    velocities[i] = 0.9 * velocity[i] + gradient[i] + 0.01 * weight[i];
    weights[i] = weight[i] - 0.1 * velocities[i];
    sums[i] = weights[i] + 3. * gradient[i];
  }
  vgg::kernels()->applyMomentum({size_t(count), 0.1f, 0.9f, 0.01f, weight.data(), velocity.data(), gradient.data()});
  double found = std::max(difference(weight, weights), difference(velocity, velocities));
  vgg::kernels()->addScaled(count, gradient.data(), 3, weight.data());
  found = std::max(found, difference(weight, sums));
  for (int i = 0; i < count; i++) sums[i] = (double(weight[i]) - 0.5) * 0.25;
  vgg::kernels()->shiftAndScale(count, -0.5f, 0.25f, weight.data());
  found = std::max(found, difference(weight, sums));
  vgg::kernels()->dropOut({size_t(random.within(0, 9)), size_t(count), 0.5f, 2, {7, -7}, gradient.data(), dropped.data()});
  for (int i = 0; i < count; i++)
    if (dropped[i] != 0 && dropped[i] != 2 * gradient[i]) found = INFINITY;
  std::vector<uint8_t> bytes(pixels.size());
  const float offsets[] = {-1, -2, -3}, factors[] = {1, 0.5f, 2};
  for (size_t i = 0; i < bytes.size(); i++) {
    bytes[i] = uint8_t(random.next());
    pixels[i] = (double(bytes[i]) + offsets[i % 3]) * factors[i % 3];
  }
  vgg::kernels()->readImages({1, count, bytes.data(), offsets, factors, images.data()});
  found = std::max(found, difference(images, pixels));
  *worst = std::max(*worst, found);
  if (found <= 1e-6) return;
  failed = true;
  printf("An update, dropout or pixels of %d values differ by %.1e\n", count, found);
}

/** What is no number is not made into one by a pool or a ReLU. */
void checkNotANumber() {
  Random random{3};
  const Values filter(9 * 8 * 8, random, 1);
  Values maps(6 * 6 * 8, random, 1), output(3 * 3 * 8);
  maps.data()[100] = NAN;
  std::vector<uint8_t> places(3 * 3 * 8);
  vgg::Conv layer{1, 6, 6, 8, 8, true, true};
  layer.maps = maps.data();
  layer.filter = filter.data();
  layer.output = output.data();
  layer.places = places.data();
  vgg::kernels()->convolve(layer);
  if (!std::isnan(output[0])) {
    failed = true;
    printf("A ReLU hides what is no number.\n");
  }
}

}  // namespace

int main(int count, char** words) {
  const int rounds = count > 1 ? atoi(words[1]) : 20;
  const int channels[] = {1, 3, 3, 4, 5, 8, 12, 16, 17, 24, 32, 33, 40, 64};
  Random random{1};
  Worst worst, worstRounded;
  const bool hasBfloat16 = vgg::kernels()->bfloat16 && __builtin_cpu_supports("avx512bf16");
  const auto check = [&](vgg::ConvGradient layer, bool bias) {
    checkConvolution(layer, bias, random, &worst);
    if (!hasBfloat16) return;
    layer.bfloat16 = true;
    checkConvolution(layer, bias, random, &worstRounded);
  };
  for (int round = 0; round < rounds; round++) {
    const auto channel = [&] { return channels[random.within(0, 13)]; };
    vgg::ConvGradient layer{};
    layer.images = random.within(1, 3);
    layer.height = random.within(1, 19);
    layer.width = random.within(1, 19);
    layer.inputs = channel();
    layer.outputs = channel();
    layer.relu = random.within(0, 3) > 0;
    layer.pool = random.within(0, 1) > 0;  // of a side of one, nothing is left
    check(layer, random.within(0, 2) > 0);
  }
  // Enough channels for each thread to have its own, and enough tiles for several rounds of each.
  for (const int wide : {128, 256}) {
    vgg::ConvGradient layer{};
    layer.images = 1;
    layer.height = layer.width = wide == 128 ? 34 : 9;
    layer.inputs = wide * 2;
    layer.outputs = wide;
    layer.relu = true;
    layer.pool = wide == 128;
    if (rounds > 5) check(layer, true);
  }
  double worstConnected = 0;
  for (int round = 0; round < rounds; round++)
    checkConnected(random.within(1, 33), random.within(1, 150), random.within(1, 150), round % 2 == 0, random,
                   &worstConnected);
  double worstElements = 0;
  for (const int elements : {7, 8, 33, 1000, 16384, 50001}) checkElements(elements, random, &worstElements);
  checkNotANumber();
  if (hasBfloat16)
    printf("bfloat16: output %.1e, by maps %.1e, by filter %.1e, by bias %.1e\n", worstRounded.output, worstRounded.byMaps,
           worstRounded.byFilter, worstRounded.byBias);
  printf("%s: output %.1e, by maps %.1e, by filter %.1e, by bias %.1e, connected %.1e, elements %.1e, checksum %08x\n", vgg::kernels()->name, worst.output,
         worst.byMaps, worst.byFilter, worst.byBias, worstConnected, worstElements, checksum);
  return failed ? 1 : 0;
}
