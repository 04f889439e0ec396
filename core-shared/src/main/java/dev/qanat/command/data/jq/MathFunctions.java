package dev.qanat.command.data.jq;

import dev.qanat.json.JsonArray;
import dev.qanat.json.JsonNumber;
import dev.qanat.json.JsonValue;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** jq's functions of numbers: those of C's math library, by the same names. */
final class MathFunctions {
  private MathFunctions() {}

  static void define(Map<String, Builtins.Native> all) {
    one(all, "floor", Math::floor);
    one(all, "ceil", Math::ceil);
    one(all, "sqrt", Math::sqrt);
    one(all, "cbrt", Math::cbrt);
    one(all, "fabs", Math::abs);
    one(
        all,
        "round",
        x -> Math.abs(x) < 4.5e15 ? Math.copySign(Math.floor(Math.abs(x) + 0.5), x) : x);
    one(all, "trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
    one(all, "rint", Math::rint);
    one(all, "nearbyint", Math::rint);
    one(all, "exp", Math::exp);
    one(all, "exp2", x -> Math.pow(2, x));
    one(all, "exp10", x -> Math.pow(10, x));
    one(all, "pow10", x -> Math.pow(10, x));
    one(all, "expm1", Math::expm1);
    one(all, "log", Math::log);
    one(all, "log2", MathFunctions::log2);
    one(all, "log10", Math::log10);
    one(all, "log1p", Math::log1p);
    one(all, "sin", Math::sin);
    one(all, "cos", Math::cos);
    one(all, "tan", Math::tan);
    one(all, "asin", Math::asin);
    one(all, "acos", Math::acos);
    one(all, "atan", Math::atan);
    one(all, "sinh", Math::sinh);
    one(all, "cosh", Math::cosh);
    one(all, "tanh", Math::tanh);
    one(all, "asinh", x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x));
    one(all, "acosh", x -> Math.log(x + Math.sqrt(x * x - 1)));
    one(all, "atanh", x -> 0.5 * Math.log1p(2 * x / (1 - x)));
    one(all, "significand", x -> x == 0 || !isFinite(x) ? x : x / Math.pow(2, exponent(x)));
    one(
        all,
        "logb",
        x -> x == 0 ? Double.NEGATIVE_INFINITY : isFinite(x) ? exponent(x) : Math.abs(x));
    one(all, "gamma", MathFunctions::lgamma);
    one(all, "lgamma", MathFunctions::lgamma);
    one(all, "tgamma", MathFunctions::tgamma);
    two(all, "pow", Math::pow);
    two(all, "atan2", Math::atan2);
    two(all, "fmod", (x, y) -> x % y);
    two(all, "fmin", (x, y) -> x != x ? y : y != y ? x : Math.min(x, y));
    two(all, "fmax", (x, y) -> x != x ? y : y != y ? x : Math.max(x, y));
    two(all, "fdim", (x, y) -> x > y ? x - y : 0);
    two(all, "hypot", Math::hypot);
    two(all, "copysign", Math::copySign);
    two(all, "drem", (x, y) -> Math.IEEEremainder(x, y));
    two(all, "remainder", (x, y) -> Math.IEEEremainder(x, y));
    two(all, "ldexp", MathFunctions::scale);
    two(all, "scalb", MathFunctions::scale);
    two(all, "scalbln", MathFunctions::scale);
    two(all, "nextafter", MathFunctions::next);
    two(all, "nexttoward", MathFunctions::next);
    all.put("fma/3", (m, in, a) -> JsonNumber.of(number(a[0]) * number(a[1]) + number(a[2])));
    all.put(
        "frexp/0",
        (m, in, a) -> {
          double x = number(in);
          if (x == 0 || !isFinite(x)) {
            return JsonArray.of(JsonNumber.of(x), JsonNumber.of(0));
          }
          int e = exponent(x) + 1;
          return JsonArray.of(JsonNumber.of(scale(x, -e)), JsonNumber.of(e));
        });
    all.put(
        "modf/0",
        (m, in, a) -> {
          double x = number(in);
          double whole = x < 0 ? Math.ceil(x) : Math.floor(x);
          double rest = Double.isInfinite(x) ? Math.copySign(0, x) : x - whole;
          return JsonArray.of(JsonNumber.of(rest), JsonNumber.of(whole));
        });
    all.put(
        "lgamma_r/0",
        (m, in, a) -> {
          double x = number(in);
          double sign = x < 0 && (long) Math.floor(x) % 2 != 0 ? -1 : 1;
          return JsonArray.of(JsonNumber.of(lgamma(x)), JsonNumber.of(sign));
        });
    all.put("isinfinite/0", (m, in, a) -> JsonValue.of(Double.isInfinite(number(in))));
    all.put("isnan/0", (m, in, a) -> JsonValue.of(Double.isNaN(number(in))));
    all.put(
        "isnormal/0",
        (m, in, a) -> {
          double x = Math.abs(number(in));
          return JsonValue.of(isFinite(x) && x >= Double.MIN_NORMAL);
        });
    all.put(
        "isfinite/0",
        (m, in, a) -> JsonValue.of(in instanceof JsonNumber n && !Double.isInfinite(n.value())));
    all.put("infinite/0", (m, in, a) -> JsonNumber.of(Double.POSITIVE_INFINITY));
    all.put("nan/0", (m, in, a) -> JsonNumber.of(Double.NaN));
  }

  private static void one(Map<String, Builtins.Native> all, String name, DoubleUnaryOperator f) {
    all.put(name + "/0", (m, in, a) -> JsonNumber.of(f.applyAsDouble(number(in))));
  }

  private static void two(Map<String, Builtins.Native> all, String name, DoubleBinaryOperator f) {
    all.put(name + "/2", (m, in, a) -> JsonNumber.of(f.applyAsDouble(number(a[0]), number(a[1]))));
  }

  private static double number(JsonValue v) {
    if (v instanceof JsonNumber n) {
      return n.value();
    }
    throw Ops.single(v, "number required");
  }

  private static boolean isFinite(double x) {
    return !Double.isNaN(x) && !Double.isInfinite(x);
  }

  private static int exponent(double x) {
    int e = (int) (Double.doubleToRawLongBits(x) >>> 52) & 0x7FF;
    return e != 0 ? e - 1023 : exponent(x * (1L << 54)) - 54;
  }

  private static double log2(double x) {
    if (x > 0 && isFinite(x)) {
      int e = exponent(x);
      double rest = scale(x, -e);
      if (rest > 1.4142135623730951) {
        rest /= 2;
        e++;
      }
      return e + Math.log(rest) / 0.6931471805599453;
    }
    return Math.log(x);
  }

  private static double scale(double x, double by) {
    int n = (int) Math.max(-5000, Math.min(5000, by));
    while (n > 1000) {
      x *= 0x1p1000;
      n -= 1000;
    }
    while (n < -1000) {
      x *= 0x1p-1000;
      n += 1000;
    }
    return x * Math.pow(2, n);
  }

  private static double next(double x, double toward) {
    if (x == toward || x != x || toward != toward) {
      return x == toward ? toward : Double.NaN;
    }
    if (x == 0) {
      return Math.copySign(Double.MIN_VALUE, toward);
    }
    long bits = Double.doubleToRawLongBits(x);
    return Double.longBitsToDouble(bits + (toward > x == x > 0 ? 1 : -1));
  }

  /** Lanczos' approximation, g = 607/128, n = 15. */
  private static double lgamma(double x) {
    if (x == 1 || x == 2) {
      return 0;
    }
    if (x <= 0) {
      return x == Math.floor(x)
          ? Double.POSITIVE_INFINITY
          : Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
    }
    double[] c = {
      0.99999999999999709182, 57.156235665862923517, -59.597960355475491248,
      14.136097974741747174, -0.49191381609762019978, .33994649984811888699e-4,
      .46523628927048575665e-4, -.98374475304879564677e-4, .15808870322491248884e-3,
      -.21026444172410488319e-3, .21743961811521264320e-3, -.16431810653676389022e-3,
      .84418223983852743293e-4, -.26190838401581408670e-4, .36899182659531622704e-5
    };
    double sum = c[0];
    for (int i = c.length - 1; i > 0; i--) {
      sum += c[i] / (x + i);
    }
    double t = x + 607.0 / 128 + 0.5;
    return (x + 0.5) * Math.log(t) - t + Math.log(2.5066282746310005024157652848110 * sum / x);
  }

  private static double tgamma(double x) {
    if (x == Math.floor(x) && x > 0 && x < 171) {
      double p = 1;
      for (int i = 2; i < x; i++) {
        p *= i;
      }
      return p;
    }
    if (x < 0.5) {
      return Math.PI / (Math.sin(Math.PI * x) * tgamma(1 - x));
    }
    return Math.exp(lgamma(x));
  }
}
