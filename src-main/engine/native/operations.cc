// The kernels as TensorFlow operations, registered when the addon is loaded: they run by name like any other.
#include <cstdio>
#include <cstring>
#include "kernels.h"
#include "operation.h"

namespace vgg {
namespace {

constexpr int bytesPerWord = 4;

Conv layerOf(const Attributes& attributes, const Input& maps, const Input& filter) {
  require(maps.rank() == 4 && filter.rank() == 4, "Maps and filter have four axes.");
  const Conv layer = {maps.extent(0), maps.extent(1),  maps.extent(2), maps.extent(3),
                      filter.extent(3), attributes.relu, attributes.pool, attributes.bfloat16};
  require(filter.hasShape({3, 3, layer.inputs, layer.outputs}), "The filter has the shape [3, 3, inputs, outputs].");
  require(layer.inputs > 0 && layer.outputs > 0, "There are channels.");
  require(!layer.bfloat16 || multipliesBfloat16(), "The processor multiplies bfloat16.");
  return layer;
}

int64_t wordsOf(const Conv& layer) {
  return layer.pool ? int64_t(layer.outputCount() + bytesPerWord - 1) / bytesPerWord : 0;
}

void convolve(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input maps(context, 0), filter(context, 1), bias(context, 2);
  Conv layer = layerOf(attributes, maps, filter);
  require(bias.count() == 0 || bias.hasShape({layer.outputs}), "There is one bias for each output channel, or none.");
  layer.maps = maps.data<float>();
  layer.filter = filter.data<float>();
  layer.bias = bias.count() == 0 ? nullptr : bias.data<float>();
  layer.output = output<float>(context, 0, TF_FLOAT, {layer.images, layer.outputHeight(), layer.outputWidth(), layer.outputs});
  layer.places = reinterpret_cast<uint8_t*>(output<int32_t>(context, 1, TF_INT32, {wordsOf(layer)}));
  kernels()->convolve(layer);
}

ConvGradient gradientOf(const Conv& layer, const Input& result, const Input& places, const Input& byOutput) {
  const std::initializer_list<int> shape = {layer.images, layer.outputHeight(), layer.outputWidth(), layer.outputs};
  require(byOutput.hasShape(shape), "The gradient has the shape of the output.");
  require(!layer.relu || result.hasShape(shape), "The output has the shape that the layer gives it.");
  require(int64_t(places.count()) >= wordsOf(layer), "There is a place for each pooled output.");
  ConvGradient gradient;
  static_cast<Conv&>(gradient) = layer;
  gradient.output = result.data<float>();
  gradient.places = places.data<uint8_t>();
  gradient.byOutput = byOutput.data<float>();
  return gradient;
}

void convolveGradientByMaps(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input maps(context, 0), filter(context, 1), result(context, 2), places(context, 3), byOutput(context, 4);
  ConvGradient layer = gradientOf(layerOf(attributes, maps, filter), result, places, byOutput);
  layer.filter = filter.data<float>();
  layer.byMaps = output<float>(context, 0, TF_FLOAT, {layer.images, layer.height, layer.width, layer.inputs});
  kernels()->convolveGradientByMaps(layer);
}

void convolveGradientByFilter(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input maps(context, 0), filter(context, 1), result(context, 2), places(context, 3), byOutput(context, 4);
  ConvGradient layer = gradientOf(layerOf(attributes, maps, filter), result, places, byOutput);
  layer.maps = maps.data<float>();
  layer.byFilter = output<float>(context, 0, TF_FLOAT, {3, 3, layer.inputs, layer.outputs});
  layer.byBias = output<float>(context, 1, TF_FLOAT, {layer.outputs});
  kernels()->convolveGradientByFilter(layer);
}

Connected connectedOf(const Attributes& attributes, const Input& input, const Input& weight) {
  require(input.rank() == 2 && weight.rank() == 2, "Rows and weights have two axes.");
  const Connected layer = {input.extent(0), input.extent(1), weight.extent(1), attributes.relu};
  require(weight.extent(0) == layer.inputs, "There is a row of weights for each input.");
  require(layer.inputs > 0 && layer.outputs > 0, "There are channels.");
  return layer;
}

void connect(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input input(context, 0), weight(context, 1), bias(context, 2);
  Connected layer = connectedOf(attributes, input, weight);
  require(bias.hasShape({layer.outputs}), "There is one bias for each output.");
  layer.input = input.data<float>();
  layer.weight = weight.data<float>();
  layer.bias = bias.data<float>();
  layer.output = output<float>(context, 0, TF_FLOAT, {layer.rows, layer.outputs});
  kernels()->connect(layer);
}

ConnectedGradient gradientOf(const Connected& layer, const Input& result, const Input& byOutput) {
  require(byOutput.hasShape({layer.rows, layer.outputs}), "The gradient has the shape of the output.");
  require(result.hasShape({layer.rows, layer.outputs}), "The output has the shape that the layer gives it.");
  ConnectedGradient gradient;
  static_cast<Connected&>(gradient) = layer;
  gradient.output = result.data<float>();
  gradient.byOutput = byOutput.data<float>();
  return gradient;
}

void connectGradientByInput(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input input(context, 0), weight(context, 1), result(context, 2), byOutput(context, 3);
  ConnectedGradient layer = gradientOf(connectedOf(attributes, input, weight), result, byOutput);
  layer.weight = weight.data<float>();
  layer.byInput = output<float>(context, 0, TF_FLOAT, {layer.rows, layer.inputs});
  kernels()->connectGradientByInput(layer);
}

void connectGradientByWeight(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input input(context, 0), weight(context, 1), result(context, 2), byOutput(context, 3), part(context, 4);
  ConnectedGradient layer = gradientOf(connectedOf(attributes, input, weight), result, byOutput);
  require(part.count() == 2, "A part is its first input and their number.");
  layer.firstInput = part.data<int32_t>()[0];
  layer.inputCount = part.data<int32_t>()[1];
  require(layer.firstInput >= 0 && layer.inputCount > 0 && layer.inputCount <= layer.inputs - layer.firstInput,
          "The layer has the inputs of the part.");
  layer.input = input.data<float>();
  layer.byWeight = output<float>(context, 0, TF_FLOAT, {layer.inputCount, layer.outputs});
  const bool isFirst = layer.firstInput == 0;
  float* const byBias = output<float>(context, 1, TF_FLOAT, {isFirst ? layer.outputs : 0});
  layer.byBias = isFirst ? byBias : nullptr;
  kernels()->connectGradientByWeight(layer);
}

/** A tensor with memory of its own. */
void copy(const Attributes&, TF_OpKernelContext* context) {
  const Input value(context, 0);
  memcpy(ownOutput(context, value.shape()), value.data<float>(), value.count() * sizeof(float));
}

/** Zeros, with memory of their own. */
void zeros(const Attributes&, TF_OpKernelContext* context) {
  const Input extents(context, 0);
  std::vector<int64_t> shape(extents.data<int32_t>(), extents.data<int32_t>() + extents.count());
  size_t bytes = sizeof(float);
  for (const int64_t extent : shape) bytes *= size_t(extent);
  memset(ownOutput(context, shape), 0, bytes);
}

/** Some rows of a tensor with memory of its own, in that memory. */
void rowsOf(const Attributes&, TF_OpKernelContext* context) {
  const Input value(context, 0), part(context, 1);
  require(part.count() == 2, "A part is its first row and their number.");
  outputRows(context, value, part.data<int32_t>()[0], part.data<int32_t>()[1]);
}

/*
 * The first input of these is a tensor whose memory is its own: it is written into.
 */

void assign(const Attributes&, TF_OpKernelContext* context) {
  const Input to(context, 0), value(context, 1);
  require(to.count() == value.count(), "The value has the size of what it replaces.");
  memcpy(to.data<float>(), value.data<float>(), value.count() * sizeof(float));
}

void addScaled(const Attributes&, TF_OpKernelContext* context) {
  const Input to(context, 0), value(context, 1), factor(context, 2);
  require(to.count() == value.count() && factor.count() == 1, "The values have one size, the factor is one.");
  kernels()->addScaled(value.count(), value.data<float>(), *factor.data<float>(), to.data<float>());
}

void shiftAndScale(const Attributes&, TF_OpKernelContext* context) {
  const Input values(context, 0), coefficients(context, 1);
  require(coefficients.count() == 2, "The coefficients are what is added, and then multiplied by.");
  const float* const by = coefficients.data<float>();
  kernels()->shiftAndScale(values.count(), by[0], by[1], values.data<float>());
}

/**
 * What was drawn, shifted and scaled, with memory of its own. The drawn values are lost piece by piece on the way: TensorFlow's
 * allocator gives no memory back, and those of fc6 alone are 400 MB.
 */
void takeDrawn(const Attributes&, TF_OpKernelContext* context) {
  const Input drawn(context, 0), coefficients(context, 1);
  require(coefficients.count() == 2, "The coefficients are what is added, and then multiplied by.");
  const float* const by = coefficients.data<float>();
  float* const values = ownOutput(context, drawn.shape());
  constexpr size_t piece = 1 << 21;
  for (size_t at = 0; at < drawn.count(); at += piece) {
    const size_t count = drawn.count() - at < piece ? drawn.count() - at : piece;
    float* const from = drawn.data<float>() + at;
    memcpy(values + at, from, count * sizeof(float));
    kernels()->shiftAndScale(count, by[0], by[1], values + at);
    dropPages(from, count * sizeof(float));
  }
}

void applyMomentum(const Attributes&, TF_OpKernelContext* context) {
  const Input weight(context, 0), velocity(context, 1), gradient(context, 2), coefficients(context, 3);
  require(weight.count() == velocity.count() && weight.count() == gradient.count(), "Weight, velocity and gradient have one size.");
  require(coefficients.count() == 3, "The coefficients are learning rate, momentum and weight decay.");
  const float* const values = coefficients.data<float>();
  kernels()->applyMomentum({weight.count(), values[0], values[1], values[2], weight.data<float>(), velocity.data<float>(),
                            gradient.data<float>()});
}

void readImages(const Attributes&, TF_OpKernelContext* context) {
  const Input pixels(context, 0), offsets(context, 1), factors(context, 2);
  require(pixels.rank() == 4 && pixels.extent(3) == 3, "Pixels have four axes, and three channels.");
  require(offsets.count() == size_t(pixels.extent(0)) * 3 && factors.count() == 3, "There is an offset for each image.");
  kernels()->readImages({pixels.extent(0), pixels.extent(1) * pixels.extent(2), pixels.data<uint8_t>(), offsets.data<float>(),
                         factors.data<float>(), output<float>(context, 0, TF_FLOAT, pixels.shape())});
}

void dropOut(const Attributes& attributes, TF_OpKernelContext* context) {
  const Input values(context, 0), place(context, 1);
  require(place.count() == 3, "A place is two seeds and the number of the first value.");
  const int32_t* const numbers = place.data<int32_t>();
  kernels()->dropOut({size_t(numbers[2]), values.count(), attributes.rate, attributes.scale, {numbers[0], numbers[1]},
                      values.data<float>(), output<float>(context, 0, TF_FLOAT, values.shape())});
}

/** The lanes of the vectors in use, which tell whether there are kernels, and which; and whether they multiply bfloat16. */
void kernelsInUse(const Attributes&, TF_OpKernelContext* context) {
  *output<int32_t>(context, 0, TF_INT32, {}) = kernels()->lanes;
  *output<int32_t>(context, 1, TF_INT32, {}) = multipliesBfloat16();
}

void registerAll() {
  registerOperation<kernelsInUse>({"VggKernels", {}, {}, {"lanes: int32", "rounds: int32"}});
  const std::initializer_list<const char*> convolution = {"relu: bool", "pool: bool", "rounded: bool = false"};
  registerOperation<convolve>({"VggConvolve",
                               convolution,
                               {"maps: float", "filter: float", "bias: float"},
                               {"output: float", "places: int32"}});
  const std::initializer_list<const char*> seen = {"maps: float", "filter: float", "output: float", "places: int32",
                                                   "by_output: float"};
  registerOperation<convolveGradientByMaps>(
      {"VggConvolveGradientByMaps", convolution, seen, {"by_maps: float"}});
  registerOperation<convolveGradientByFilter>(
      {"VggConvolveGradientByFilter", convolution, seen, {"by_filter: float", "by_bias: float"}});
  registerOperation<connect>(
      {"VggConnect", {"relu: bool"}, {"input: float", "weight: float", "bias: float"}, {"output: float"}});
  registerOperation<connectGradientByInput>({"VggConnectGradientByInput",
                                             {"relu: bool"},
                                             {"input: float", "weight: float", "output: float", "by_output: float"},
                                             {"by_input: float"}});
  registerOperation<connectGradientByWeight>(
      {"VggConnectGradientByWeight",
       {"relu: bool"},
       {"input: float", "weight: float", "output: float", "by_output: float", "part: int32"},
       {"by_weight: float", "by_bias: float"}});
  registerOperation<copy>({"VggCopy", {}, {"value: float"}, {"copy: float"}});
  registerOperation<zeros>({"VggZeros", {}, {"shape: int32"}, {"zeros: float"}});
  registerOperation<rowsOf>({"VggRows", {}, {"value: float", "part: int32"}, {"rows: float"}});
  registerOperation<assign>({"VggAssign", {}, {"to: float", "value: float"}, {}});
  registerOperation<addScaled>({"VggAddScaled", {}, {"to: float", "value: float", "factor: float"}, {}});
  registerOperation<shiftAndScale>({"VggShiftAndScale", {}, {"values: float", "coefficients: float"}, {}});
  registerOperation<takeDrawn>({"VggTakeDrawn", {}, {"drawn: float", "coefficients: float"}, {"values: float"}});
  registerOperation<applyMomentum>(
      {"VggApplyMomentum", {}, {"weight: float", "velocity: float", "gradient: float", "coefficients: float"}, {}});
  registerOperation<readImages>(
      {"VggReadImages", {}, {"pixels: uint8", "offsets: float", "factors: float"}, {"images: float"}});
  registerOperation<dropOut>(
      {"VggDropOut", {"rate: float", "scale: float"}, {"values: float", "place: int32"}, {"dropped: float"}});
}

/** Where the processor has no kernels, no operation is registered: whoever asks for one is told so by TensorFlow. */
const bool registered = [] {
  if (kernels() == nullptr) return false;
  try {
    registerAll();
  } catch (const std::exception& error) {
    fprintf(stderr, "The workbench's own operations could not be registered: %s\n", error.what());
    return false;
  }
  return true;
}();

}  // namespace
}  // namespace vgg
